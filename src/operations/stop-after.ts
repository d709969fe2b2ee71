/** A signal that aborts after `ms` or with `signal`. */
export function stopAfter(ms: number, signal: AbortSignal): { signal: AbortSignal; cancel(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal.aborted) abort();
  const timer = setTimeout(abort, ms);
  signal.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    cancel() {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    },
  };
}
