/** As shells report a program that Ctrl-C has ended. */
const interrupted = 130;

/** What Ctrl-C ends, and whoever stops reading what is printed. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Ctrl-C it was. */
  readonly isByPerson: () => boolean;
  /** Ends it for another reason. */
  readonly end: () => void;
  readonly release: () => void;
}

/** From now until it is released, Ctrl-C aborts the signal and makes 130 of the exit code. */
export function createInterruption(): Interruption {
  const stop = new AbortController();
  let isByPerson = false;
  const end = () => stop.abort();
  const interrupt = () => {
    isByPerson = true;
    process.exitCode = interrupted;
    end();
  };
  process.once("SIGINT", interrupt);
  process.stdout.once("error", end);
  return {
    signal: stop.signal,
    isByPerson: () => isByPerson,
    end,
    release() {
      process.off("SIGINT", interrupt);
      process.stdout.off("error", end);
    },
  };
}
