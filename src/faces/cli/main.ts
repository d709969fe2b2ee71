import { type Command, CommanderError } from "commander";
import { ConfigError } from "../../config/error.ts";
import { BridgeError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import { StartError } from "../../serve/start-error.ts";
import { createProgram } from "./program.ts";

/** The exit codes of every command. */
const failure = 1;
const usage = 2;

/** Runs the command line `args`; afterwards `process.exitCode` says how it went. */
export async function main(args: readonly string[]): Promise<void> {
  // Whoever reads our output may stop reading, as `head` does. That is no reason to stop relaying.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const program = createProgram();
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = report(error, program);
  }
}

function report(error: unknown, program: Command): number {
  if (error instanceof CommanderError) {
    // Help or the version was asked for, and has been printed.
    if (error.exitCode === 0) return 0;
    return refuse(explain(error, program), usage);
  }
  if (error instanceof ConfigError) return refuse(error.message, usage);
  if (error instanceof BridgeError || error instanceof StartError) return refuse(error.message, failure);
  console.error(error);
  return failure;
}

/** To commander, a command that it does not know is an argument too many. */
function explain({ code, message }: CommanderError, { args, commands }: Command): string {
  const isKnown = commands.some((command) => command.name() === args[0]);
  if (code !== "commander.excessArguments" || isKnown) return message;
  return `unknown command '${args[0] ?? ""}'; see claude-bridge --help`;
}

function refuse(message: string, exitCode: number): number {
  const line = message.replace(/^error: /, "").replaceAll(/\s*\n\s*/g, " ");
  console.error(`error: ${visible(line, { keepsLines: false })}`);
  return exitCode;
}
