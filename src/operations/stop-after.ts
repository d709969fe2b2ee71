export interface StopAfter {
  readonly signal: AbortSignal;
  /** Stops now. */
  readonly stop: () => void;
  /** Forgets the time. */
  cancel(): void;
}

/** A signal that aborts after `ms` or with `signal`. */
export function stopAfter(ms: number, signal: AbortSignal): StopAfter {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal.aborted) abort();
  const timer = setTimeout(abort, ms);
  signal.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    stop: abort,
    cancel() {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    },
  };
}
