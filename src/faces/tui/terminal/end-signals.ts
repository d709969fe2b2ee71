import { restoreAll } from "./modes.ts";

/** Signals that ask a program at a terminal to end. */
const asking = ["SIGTERM", "SIGHUP", "SIGINT"] as const;
export type EndSignal = (typeof asking)[number];

/**
 * Gives the terminal back however the process ends: by a signal, which `end` is told of, and by an error that nobody
 * caught. Returns what undoes that, when the terminal has been given back already.
 */
export function guardTerminal(write: (text: string) => void, end: (signal: EndSignal) => void): () => void {
  const restore = () => {
    try {
      write(restoreAll);
    } catch {
      // The terminal itself is gone.
    }
  };
  const listeners = asking.map((signal) => [signal, () => end(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  // Runs whatever happens, and before Node prints the error.
  process.on("uncaughtExceptionMonitor", restore);
  process.on("exit", restore);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
    process.off("uncaughtExceptionMonitor", restore);
    process.off("exit", restore);
  };
}
