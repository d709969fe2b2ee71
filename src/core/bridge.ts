import type { z } from "zod";
import { type Access, noAccess } from "./access.ts";
import { type Agents, noAgents } from "./agents.ts";
import type { AuditSource } from "./audit.ts";
import { type Clock, systemClock } from "./clock.ts";
import { BridgeError } from "./errors.ts";
import { createFairGate, type FairGate } from "./fair-gate.ts";
import { follow } from "./feed.ts";
import { readableScope, requirePermission } from "./guarded-store.ts";
import { createInFlight, type InFlight } from "./in-flight.ts";
import { type Caps, defaultCaps, followPageSize } from "./limits.ts";
import type { Entry, Seq } from "./message.ts";
import type { About, Context, Operation } from "./operation.ts";
import { parseInput } from "./parse.ts";
import type { Permission, Principal } from "./principal.ts";
import type { Via } from "./provenance.ts";
import { createRevocations, type Revocations } from "./revocations.ts";
import type { Scope } from "./scope.ts";
import type { SecretScan } from "./secret-scan.ts";
import { type SharedStore, shareReads } from "./shared-reads.ts";
import { createStandings, type Standing } from "./standing.ts";
import type { Store } from "./store.ts";

export interface Bridge {
  readonly about: About;
  readonly clock: Clock;
  readonly store: Store;
  /** Says who a request is from. */
  readonly access: Access;
  /** Who is there. */
  readonly agents: Pick<Agents, "list" | "watch">;
  /** The limits in force now; `setCaps` changes them while the bridge runs. */
  readonly caps: () => Caps;
  readonly streams: FairGate;
  setCaps(caps: Caps): void;
  /** Ends what a face holds open for somebody whose rights are taken or changed. */
  readonly revocations: Revocations;
  /** @throws BridgeError `forbidden`. */
  permit(caller: Named, permission: Permission): void;
  /**
   * The scope as the caller may read it.
   *
   * @throws BridgeError `forbidden` when it may not read at all, or names a channel that it may not read.
   */
  readable(caller: Named, scope: Scope): Scope;
  /** True from the moment that `close` was called. */
  isClosing(): boolean;
  /**
   * Parses `input`, checks the caller's permission and runs the operation.
   *
   * @throws BridgeError for everything that a caller can cause or act on.
   */
  call<Input extends z.ZodObject, Output extends z.ZodObject>(
    operation: Operation<Input, Output>,
    input: unknown,
    caller: Caller,
  ): Promise<z.output<Output>>;
  /**
   * Pages of the scope's entries after `after`, live, until the caller's signal aborts or the bridge closes.
   *
   * @throws BridgeError `forbidden`.
   */
  follow(scope: Scope, after: Seq, caller: Caller): AsyncGenerator<readonly Entry[], void, void>;
  /** Ends every feed and call in flight, each call with an answer, then closes the store. */
  close(): Promise<void>;
}

/** Who asks, and from where. */
export type Named = Pick<Caller, "principal" | "address">;

export interface Caller {
  readonly principal: Principal;
  /** Aborts when the caller is gone. Asked for only by what waits. */
  readonly signal: () => AbortSignal;
  /** By which way the call came; every message says so. */
  readonly via?: Via | undefined;
  /** The address that it came from, for the audit. */
  readonly address?: string | undefined;
  /** What the agent that calls is called, or calls itself; its proven name is made of that. */
  readonly agent?: string | undefined;
}

export interface BridgeOptions {
  readonly store: Store;
  readonly about?: Partial<About>;
  readonly caps?: Caps;
  readonly clock?: Clock;
  /** Who there is; without it whoever comes is the operator. */
  readonly access?: Access;
  /** Which agents there are; without it nobody is known. */
  readonly agents?: Agents;
  /** Without it, senders are warned and nobody else is told. */
  readonly secretScan?: SecretScan;
}

export function createBridge(options: BridgeOptions): Bridge {
  const { clock = systemClock, access = noAccess, agents = noAgents, secretScan = { mode: "warn" } } = options;
  const store = shareReads(options.store);
  const revocations = createRevocations(access);
  const [calls, feeds] = [createInFlight(revocations), createInFlight(revocations)];
  let currentCaps = options.caps ?? defaultCaps;
  let isClosing = false;
  const { waits, streams } = createGates(() => currentCaps);
  const shared = { clock, store, access, agents, streams, caps: () => currentCaps };
  const nowhere = { version: "0.0.0", startedAt: clock.now(), retentionDays: 0, remoteUrls: () => [] };
  const self: About = { ...nowhere, ...options.about };

  return {
    about: self,
    ...shared,
    revocations,
    setCaps(next) {
      currentCaps = next;
    },

    permit: (caller, permission) => noted(access, caller, () => requirePermission(caller.principal, permission)),
    readable: (caller, scope) =>
      noted(access, caller, () => {
        requirePermission(caller.principal, "read");
        return readableScope(caller.principal, scope);
      }),
    isClosing: () => isClosing,

    call: createCall({ ...shared, about: self, waits, calls, secretScan }),

    async *follow(scope, after, caller) {
      requirePermission(caller.principal, "read");
      const { signal, leave } = feeds.enter(caller);
      try {
        const position = { after, limit: followPageSize, signal: signal() };
        yield* follow(store, readableScope(caller.principal, scope), position);
      } finally {
        leave();
      }
    },

    async close() {
      isClosing = true;
      revocations.close();
      // Not for the feeds: a reader that has stopped reading may keep its page for a while.
      void feeds.close();
      await calls.close();
      await agents.close();
      await access.close();
      await store.close();
    },
  };
}

interface CallParts extends Pick<Bridge, "access" | "clock" | "about" | "streams" | "caps"> {
  readonly store: SharedStore;
  readonly waits: FairGate;
  readonly calls: InFlight;
  readonly secretScan: SecretScan;
  readonly agents: Agents;
}

function createCall(parts: CallParts): Bridge["call"] {
  const { store, access, agents, calls } = parts;
  const standingOf = createStandings(store, access);
  return async (operation, input, caller) => {
    const { principal } = caller;
    const { permission } = operation;
    if (permission !== "none") noted(access, caller, () => requirePermission(principal, permission));
    const parsed = parseInput(operation.input, input);
    const { signal, leave } = calls.enter(caller);
    const standing = standingOf(caller);
    const { via, self } = standing;
    if (self !== undefined && operation.isBackground !== true) {
      agents.note({ name: self.name, principal }, { isCall: via === "mcp" ? true : "through its shim" });
    }
    try {
      return await operation.run(parsed, contextOf(parts, standing, principal, signal));
    } catch (error) {
      if (error instanceof BridgeError) access.recordRefusal(error, standing.source);
      // What was cut short by a revocation must not be told to come again.
      throw access.isCurrent(principal) ? error : rightsChanged();
    } finally {
      leave();
    }
  };
}

/** Field by field: spread from parts it would be copied several times. */
function contextOf(
  { clock, about, caps, access, agents, waits, streams, secretScan }: CallParts,
  { store, via, self, source }: Standing,
  principal: Principal,
  signal: Context["signal"],
): Context {
  return {
    store,
    clock,
    caps: caps(),
    principal,
    via,
    self,
    access,
    agents,
    source,
    about,
    secretScan,
    waits,
    streams,
    signal,
  };
}

const createGates = (caps: () => Caps) => ({
  waits: createFairGate({
    limit: () => caps().maxWaits,
    share: () => caps().maxWaitsPerPrincipal,
    code: "limit_reached",
    what: "wait calls",
  }),
  streams: createFairGate({
    limit: () => caps().maxStreams,
    share: () => caps().maxStreamsPerPrincipal,
    code: "streams_full",
    what: "event streams",
  }),
});

const sourceOf = ({ principal, address }: Named): AuditSource => ({
  principal: principal.id,
  credential: principal.credential,
  address,
});

/** What `check` says; a refusal is written down. */
function noted<Result>(access: Access, caller: Named, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (error instanceof BridgeError) access.recordRefusal(error, sourceOf(caller));
    throw error;
  }
}

const rightsChanged = () =>
  new BridgeError("unauthorized", "this credential was revoked, or its rights were changed; call again to see");
