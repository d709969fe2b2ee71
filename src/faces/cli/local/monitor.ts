import { setTimeout as pause } from "node:timers/promises";
import { findShim, watchShim } from "../../../shim/local/ask-shim.ts";
import { isAlive } from "../../../shim/local/is-alive.ts";
import type { RunningShim } from "../../../shim/local/run-folder.ts";
import { localProgram } from "./local-program.ts";
import { untilParentIsGone } from "./parent.ts";

const lookAgainMs = 1000;

/**
 * Prints a line for each of the shim's nudges, for as long as the session is there: a shim that has ended is looked for
 * again. Each line starts a turn, so nothing else is ever printed.
 */
export async function monitorCommand(): Promise<void> {
  const program = localProgram();
  const ended = new AbortController();
  const gone = AbortSignal.any([untilParentIsGone(), ended.signal]);
  // Nobody reads any more.
  process.stdout.on("error", () => ended.abort());
  /** The session's client. Its shell may outlive it, and would wait for us. */
  let session: number | undefined;
  while (!gone.aborted) {
    const shim = findShim(program);
    session ??= shim?.parent;
    if (shim !== undefined) await printNudges(shim, gone);
    if (session !== undefined && !isAlive(session)) return;
    await pause(lookAgainMs, undefined, { signal: gone }).catch(() => undefined);
  }
}

async function printNudges(shim: RunningShim, signal: AbortSignal): Promise<void> {
  try {
    for await (const nudge of watchShim(shim, "monitor", signal)) {
      console.log(nudge.replaceAll(/\s*\n\s*/g, " "));
    }
  } catch {
    // It has just ended, and the next one will be found.
  }
}
