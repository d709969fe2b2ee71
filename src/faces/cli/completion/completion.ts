import type { Command } from "commander";
import type { Config } from "../../../config.ts";
import { CommandError } from "../command-error.ts";
import { print } from "../output.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { candidatesFor } from "./candidates.ts";
import { liveNames } from "./live-names.ts";
import { isShell, scripts } from "./scripts.ts";

/** Prints what a shell is told, so that Tab completes commands, flags, channels and agents. */
export function printScript(shell: string | undefined): void {
  const known = Object.keys(scripts).join(", ");
  if (shell === undefined || !isShell(shell)) throw new CommandError("usage", `the shell must be one of ${known}`);
  process.stdout.write(scripts[shell]);
}

/** A candidate a line, with what it is behind a tab. */
export async function printCandidates(program: Command, config: Config, words: readonly string[]): Promise<void> {
  const candidates = await candidatesFor(program, words, () => liveNames(config));
  for (const { word, about } of candidates) print(`${word}\t${visibleOnLine(about)}`);
}
