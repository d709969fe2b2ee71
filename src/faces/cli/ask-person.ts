import { createInterface } from "node:readline/promises";
import { CommandError } from "./command-error.ts";

/** Whether somebody is there to be asked. */
export const isAtTerminal = () => process.stdin.isTTY && process.stderr.isTTY;

/**
 * What a person types after the question. Asked on stderr, as stdout is for what a command gives.
 *
 * @throws CommandError `usage` with `instead`, when nobody is there to be asked.
 */
export async function askPerson(question: string, instead: string): Promise<string> {
  if (!isAtTerminal()) throw new CommandError("usage", instead);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // As a shell reports a program that Ctrl-C has ended.
  terminal.once("SIGINT", () => process.exit(130));
  try {
    return (await terminal.question(question)).trim();
  } catch (error) {
    // Ctrl-D: there will be no answer.
    throw new CommandError("usage", instead, { cause: error });
  } finally {
    terminal.close();
  }
}

/** No more than a secret can be: a pipe may never end. */
const maxInput = 4096;

/** The first line of standard input. */
export async function readStdinLine(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) {
    text += String(chunk);
    if (text.includes("\n") || text.length > maxInput) break;
  }
  return (text.split("\n", 1)[0] ?? "").trim();
}
