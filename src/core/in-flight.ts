import { BridgeError } from "./errors.ts";
import type { Principal } from "./principal.ts";
import type { Revocations } from "./revocations.ts";

/** The calls and feeds that run now, each of which ends with its caller, the caller's rights, or the bridge. */
export interface InFlight {
  /**
   * The signal aborts when the caller's does, when its rights are taken or changed, or when this closes, until `leave`
   * is called.
   *
   * @throws BridgeError `closing`.
   */
  enter(caller: Entering): Entered;
  /** Aborts all of them; resolves when each has left. */
  close(): Promise<void>;
}

export interface Entering {
  readonly principal: Principal;
  readonly signal: () => AbortSignal;
}

export interface Entered {
  /** Made when it is asked for: most calls never wait. */
  signal(): AbortSignal;
  leave(): void;
}

export function createInFlight(revocations: Revocations): InFlight {
  let entered = 0;
  /** Of those who asked for their signal. */
  const aborts = new Set<() => void>();
  let closing = false;
  const closers: (() => void)[] = [];

  /** Not `AbortSignal.any`: that keeps about 1 kB per call alive on the signal that lives longest. */
  function linked({ principal, signal }: Entering): { readonly controller: AbortController; unlink(): void } {
    const controller = new AbortController();
    const abort = () => controller.abort();
    const callers = signal();
    if (closing || callers.aborted) abort();
    aborts.add(abort);
    callers.addEventListener("abort", abort);
    const unwatch = revocations.watch(principal, abort);
    return {
      controller,
      unlink() {
        aborts.delete(abort);
        callers.removeEventListener("abort", abort);
        unwatch();
      },
    };
  }

  return {
    enter(caller) {
      if (closing) throw new BridgeError("closing", "the bridge is closing; try again in a moment");
      let link: ReturnType<typeof linked> | undefined;
      entered += 1;
      return {
        // Not a getter: an object with one of its own has a shape of its own, which keeps the whole call alive until a
        // full collection.
        signal() {
          link ??= linked(caller);
          return link.controller.signal;
        },
        leave() {
          link?.unlink();
          entered -= 1;
          if (entered === 0) for (const done of closers.splice(0)) done();
        },
      };
    },
    async close() {
      closing = true;
      if (entered === 0) return;
      const empty = new Promise<void>((resolve) => closers.push(resolve));
      for (const abort of aborts) abort();
      await empty;
    },
  };
}
