/** How soon a program notices that nobody listens to it any more. */
const lookMs = 2000;

/** Aborts when the process that started this one has ended: another one is its parent then. */
export function untilParentIsGone(): AbortSignal {
  const gone = new AbortController();
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone.abort();
  }, lookMs);
  timer.unref();
  return gone.signal;
}
