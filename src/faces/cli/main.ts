import { type Command, CommanderError } from "commander";
import { ConfigError } from "../../config/error.ts";
import { BridgeError } from "../../core/errors.ts";
import { visibleOnLine } from "./visible-on-line.ts";
import { StartError } from "../../serve/start-error.ts";
import { CommandError, exitCodes } from "./command-error.ts";
import { generalFix } from "./general-fix.ts";
import { createProgram } from "./program.ts";

const { failure, usage } = exitCodes;

/** Runs the command line `args`; afterwards `process.exitCode` says how it went. */
export async function main(args: readonly string[]): Promise<void> {
  // Whoever reads our output may stop reading, as `head` does. That is no reason to stop relaying.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  // A report that Node writes when it crashes lists the environment, where a token may stand.
  process.report.excludeEnv = true;
  const program = createProgram();
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = report(error, program, wantsJson(args, program) ? wordsOf(args, program) : undefined);
  }
}

/** Whether errors are read by a program. A relay's are for whoever starts it, also with `--json`. */
function wantsJson(args: readonly string[], program: Command): boolean {
  const command = childOf(program, args[0]);
  return command !== undefined && command.name() !== "serve" && args.includes("--json");
}

/** The words that call the command, such as `token create`. */
function wordsOf([word, ...rest]: readonly string[], parent: Command): string {
  const command = childOf(parent, word);
  return command === undefined ? "" : `${command.name()} ${wordsOf(rest, command)}`.trimEnd();
}

const childOf = ({ commands }: Command, word: string | undefined) =>
  commands.find((known) => known.name() === word || known.aliases().includes(word ?? ""));

/** @param command its words, when a program reads the error. */
function report(error: unknown, program: Command, command: string | undefined): number {
  if (error instanceof CommanderError) {
    // Help or the version was asked for, and has been printed.
    if (error.exitCode === 0) return 0;
    return refuse({ code: "usage", message: explain(error, program), exitCode: usage }, command);
  }
  if (error instanceof CommandError) return refuse(error, command);
  if (error instanceof ConfigError) return refuse({ code: "usage", message: error.message, exitCode: usage }, command);
  if (error instanceof BridgeError || error instanceof StartError) {
    return refuse({ code: "failure", message: error.message, exitCode: failure }, command);
  }
  console.error(error);
  return failure;
}

/** To commander, a command that it does not know is an argument too many. */
function explain({ code, message }: CommanderError, { args, commands }: Command): string {
  // It has printed the help of a word that needs another one.
  if (code === "commander.help") return "which of these?";
  const isKnown = commands.some((command) => command.name() === args[0]);
  if (code !== "commander.excessArguments" || isKnown) return message;
  return `unknown command '${args[0] ?? ""}'; see claude-bridge --help`;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fix?: string | undefined;
  readonly exitCode: number;
}

/** A bridge that is no friend may have had a say in the message. */
function refuse({ code, message, fix, exitCode }: Refusal, command: string | undefined): number {
  const line = visibleOnLine(message.replace(/^error: /, "").replaceAll(/\s*\n\s*/g, " "));
  if (command !== undefined) {
    console.error(JSON.stringify({ v: 1, error: { code, message: line, fix: fix ?? generalFix(code, command) } }));
    return exitCode;
  }
  console.error(`error: ${line}`);
  if (fix !== undefined) console.error(`  fix: ${fix}`);
  return exitCode;
}
