import type { z } from "zod";
import { type Clock, systemClock } from "./clock.ts";
import { BridgeError } from "./errors.ts";
import { follow } from "./feed.ts";
import { guardStore, readableScope, requirePermission } from "./guarded-store.ts";
import { createGate, type Gate } from "./gate.ts";
import { createInFlight } from "./in-flight.ts";
import { type Caps, defaultCaps, followPageSize } from "./limits.ts";
import type { Entry, Seq } from "./message.ts";
import type { About, Operation } from "./operation.ts";
import { parseInput } from "./parse.ts";
import { noPolicy, type Policy } from "./policy.ts";
import type { Permission, Principal } from "./principal.ts";
import type { Via } from "./provenance.ts";
import { createRevocations, type Revocations } from "./revocations.ts";
import type { Scope } from "./scope.ts";
import type { SecretScan } from "./secret-scan.ts";
import { shareReads } from "./shared-reads.ts";
import type { Store } from "./store.ts";

export interface Bridge {
  readonly about: About;
  readonly clock: Clock;
  readonly store: Store;
  /** The limits in force now; `setCaps` changes them while the bridge runs. */
  readonly caps: () => Caps;
  readonly streams: Gate;
  setCaps(caps: Caps): void;
  /** Ends what a face holds open for somebody whose rights are taken or changed. */
  readonly revocations: Revocations;
  /** @throws BridgeError `forbidden`. */
  permit(principal: Principal, permission: Permission): void;
  /**
   * The scope as the principal may read it.
   *
   * @throws BridgeError `forbidden` for a channel that it names and may not read.
   */
  readable(principal: Principal, scope: Scope): Scope;
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

export interface Caller {
  readonly principal: Principal;
  /** Aborts when the caller is gone. Asked for only by what waits. */
  readonly signal: () => AbortSignal;
  /** By which way the call came; every message says so. */
  readonly via?: Via | undefined;
  /** The address that it came from, for the audit. */
  readonly address?: string | undefined;
}

export interface BridgeOptions {
  readonly store: Store;
  readonly about?: Partial<About>;
  readonly caps?: Caps;
  readonly clock?: Clock;
  readonly policy?: Policy;
  /** Without it, senders are warned and nobody else is told. */
  readonly secretScan?: SecretScan;
}

export function createBridge(options: BridgeOptions): Bridge {
  const { clock = systemClock, policy = noPolicy, secretScan = { mode: "warn" } } = options;
  const store = shareReads(options.store);
  const revocations = createRevocations(policy);
  const [calls, feeds] = [createInFlight(revocations), createInFlight(revocations)];
  let currentCaps = options.caps ?? defaultCaps;
  let isClosing = false;
  const waits = createGate(() => currentCaps.maxWaits, "limit_reached");
  const streams = createGate(() => currentCaps.maxStreams, "streams_full");
  const self: About = { version: "0.0.0", startedAt: clock.now(), retentionDays: 0, ...options.about };

  return {
    about: self,
    clock,
    store,
    streams,
    revocations,
    caps: () => currentCaps,
    setCaps(next) {
      currentCaps = next;
    },

    permit: requirePermission,
    readable: readableScope,
    isClosing: () => isClosing,

    async call(operation, input, caller) {
      const { principal, via = "unknown", address } = caller;
      requirePermission(principal, operation.permission);
      const parsed = parseInput(operation.input, input);
      const { signal, leave } = calls.enter(caller);
      const guarded = guardStore(store, { principal, via, address }, policy);
      const limits = { caps: currentCaps, waits, streams, secretScan };
      const context = { store: guarded, clock, principal, about: self, signal, ...limits };
      try {
        return await operation.run(parsed, context);
      } catch (error) {
        // What was cut short by a revocation must not be told to come again.
        throw policy.isCurrent(principal) ? error : rightsChanged();
      } finally {
        leave();
      }
    },

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
      await store.close();
    },
  };
}

const rightsChanged = () =>
  new BridgeError("unauthorized", "this credential was revoked, or its rights were changed; call again to see");
