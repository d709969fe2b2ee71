import { closeSync, openSync } from "node:fs";

/** A supervisor that sent SIGTERM waits a while and then kills; we are gone before. */
const closeWithinMs = 4500;

/**
 * Resolves at the first SIGTERM or SIGINT, and from then on the process ends: within `closeWithinMs` by itself,
 * at once with a second signal. SIGHUP calls `reload`.
 */
export function untilStopped(reload: () => void): Promise<void> {
  const hadTerminal = process.stdin.isTTY || process.stdout.isTTY;
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (signal: "SIGINT" | "SIGTERM" | "SIGHUP") => {
      if (isStopping) process.exit(exitCodes[signal]);
      isStopping = true;
      setTimeout(() => process.exit(), closeWithinMs).unref();
      resolve();
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
    process.on("SIGHUP", () => {
      if (hadTerminal && !hasTerminal()) stop("SIGHUP");
      else reload();
    });
  });
}

/** As shells report a program that a signal ended. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** A terminal that closes sends SIGHUP as well, and means that the program should go with it. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
