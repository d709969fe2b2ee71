import { BridgeError } from "./errors.ts";
import type { Principal } from "./principal.ts";
import type { Revocations } from "./revocations.ts";

/** The calls and feeds that run now, each of which ends with its caller, the caller's rights, or the bridge. */
export interface InFlight {
  /**
   * A signal that aborts when the caller's does, when its rights are taken or changed, or when this closes, until
   * `leave` is called.
   *
   * @throws BridgeError `closing`.
   */
  enter(caller: Entering): { readonly signal: AbortSignal; leave(): void };
  /** Aborts all of them; resolves when each has left. */
  close(): Promise<void>;
}

export interface Entering {
  readonly principal: Principal;
  readonly signal: AbortSignal;
}

export function createInFlight(revocations: Revocations): InFlight {
  const controllers = new Set<AbortController>();
  let closing = false;
  const closers: (() => void)[] = [];
  return {
    // Not `AbortSignal.any`: that keeps about 1 kB per call alive on the signal that lives longest.
    enter({ principal, signal }) {
      if (closing) throw new BridgeError("closing", "the bridge is closing; try again in a moment");
      const controller = new AbortController();
      const abort = () => controller.abort();
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort);
      controllers.add(controller);
      const unwatch = revocations.watch(principal, abort);
      return {
        signal: controller.signal,
        leave() {
          unwatch();
          signal.removeEventListener("abort", abort);
          controllers.delete(controller);
          if (controllers.size === 0) for (const done of closers.splice(0)) done();
        },
      };
    },
    async close() {
      closing = true;
      if (controllers.size === 0) return;
      const empty = new Promise<void>((resolve) => closers.push(resolve));
      for (const controller of controllers) controller.abort();
      await empty;
    },
  };
}
