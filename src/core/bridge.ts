import type { z } from "zod";
import { type Clock, systemClock } from "./clock.ts";
import { BridgeError } from "./errors.ts";
import { follow } from "./feed.ts";
import { createGate, type Gate } from "./gate.ts";
import { createInFlight } from "./in-flight.ts";
import { type Caps, defaultCaps, followPageSize } from "./limits.ts";
import type { Entry, Seq } from "./message.ts";
import type { About, Operation } from "./operation.ts";
import { parseInput } from "./parse.ts";
import { may, type Permission, type Principal } from "./principal.ts";
import type { Scope } from "./scope.ts";
import type { Store } from "./store.ts";

export interface Bridge {
  readonly about: About;
  readonly clock: Clock;
  readonly store: Store;
  /** The limits in force now; `setCaps` changes them while the bridge runs. */
  readonly caps: () => Caps;
  readonly streams: Gate;
  setCaps(caps: Caps): void;
  /** @throws BridgeError `forbidden`. */
  permit(principal: Principal, permission: Permission): void;
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
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
}

export interface BridgeOptions {
  readonly store: Store;
  readonly about?: Partial<About>;
  readonly caps?: Caps;
  readonly clock?: Clock;
}

export function createBridge({ store, about, caps = defaultCaps, clock = systemClock }: BridgeOptions): Bridge {
  const calls = createInFlight();
  const feeds = createInFlight();
  let currentCaps = caps;
  let isClosing = false;
  const waits = createGate(() => currentCaps.maxWaits, "limit_reached");
  const streams = createGate(() => currentCaps.maxStreams, "streams_full");
  const self: About = { version: "0.0.0", startedAt: clock.now(), retentionDays: 0, ...about };

  return {
    about: self,
    clock,
    store,
    streams,
    caps: () => currentCaps,
    setCaps(next) {
      currentCaps = next;
    },

    permit: requirePermission,
    isClosing: () => isClosing,

    async call(operation, input, caller) {
      requirePermission(caller.principal, operation.permission);
      const parsed = parseInput(operation.input, input);
      const { signal, leave } = calls.enter(caller.signal);
      try {
        const { principal } = caller;
        return await operation.run(parsed, {
          store,
          clock,
          caps: currentCaps,
          principal,
          about: self,
          waits,
          streams,
          signal,
        });
      } finally {
        leave();
      }
    },

    async *follow(scope, after, caller) {
      requirePermission(caller.principal, "read");
      const { signal, leave } = feeds.enter(caller.signal);
      try {
        yield* follow(store, scope, { after, limit: followPageSize, signal });
      } finally {
        leave();
      }
    },

    async close() {
      isClosing = true;
      // Not for the feeds: a reader that has stopped reading may keep its page for a while.
      void feeds.close();
      await calls.close();
      await store.close();
    },
  };
}

function requirePermission(principal: Principal, permission: Permission): void {
  if (may(principal, permission)) return;
  throw new BridgeError("forbidden", `${principal.name} has no right to ${permission}`);
}
