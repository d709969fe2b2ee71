/**
 * Calls `act` once, after `ms` milliseconds; what it returns undoes that. All of the client's time goes through one of
 * these, so that a test can own it.
 */
export type Timer = (ms: number, act: () => void) => () => void;

/** What fits into a timer, 24.8 days: a longer one would fire at once. */
const longestMs = 2_147_483_647;

export const systemTimer: Timer = (ms, act) => {
  const timeout = setTimeout(act, Math.min(ms, longestMs));
  return () => clearTimeout(timeout);
};

/** Resolves after `ms`; rejects with the signal's reason when it aborts before. */
export function pause(timer: Timer, ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = openPromise();
  const cancel = timer(ms, resolve);
  return orAborted(promise, signal).finally(cancel);
}

/**
 * What `promise` gives, or the signal's reason when it aborts before. The promise is left alone: whoever made it ends
 * it by the same signal, or cannot.
 */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** A signal that aborts with `signal`, or when `ms` are over. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Whether the time was over, and the caller did not abort. */
  readonly isOver: boolean;
  release(): void;
}

export function limited(timer: Timer, ms: number, signal: AbortSignal | undefined): Limit {
  const controller = new AbortController();
  let isOver = false;
  const onAbort = () => controller.abort(signal?.reason);
  const cancel = timer(ms, () => {
    isOver = !controller.signal.aborted;
    controller.abort();
  });
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener("abort", onAbort);
  return {
    signal: controller.signal,
    get isOver() {
      return isOver;
    },
    release() {
      cancel();
      signal?.removeEventListener("abort", onAbort);
    },
  };
}

function openPromise(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** A signal that aborts with `signal`, or when it is told to. */
export interface Link {
  readonly signal: AbortSignal;
  /** Aborts, and lets go of the other signal. */
  end(): void;
}

export function linked(signal: AbortSignal | undefined): Link {
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener("abort", onAbort);
  return {
    signal: controller.signal,
    end() {
      signal?.removeEventListener("abort", onAbort);
      controller.abort();
    },
  };
}
