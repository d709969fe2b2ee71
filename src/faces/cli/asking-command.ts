import type { Command } from "commander";
import type { Config } from "../../config.ts";
import { configure } from "./configure.ts";
import { accept, askSettings, givenFlags, nameSettings } from "./options.ts";
import { exampleText } from "./example-text.ts";

/** A command that asks a bridge: it takes what says which one, and prints JSON on demand. */
export function askingCommand(parent: Command, usage: string, description: string, example: string): Command {
  return accept(parent.command(usage), askSettings)
    .description(description)
    .option("--json", "print JSON")
    .option("-q, --quiet", "say nothing but what was asked for")
    .addHelpText("after", exampleText(example));
}

/** One that reads messages, and marks nothing as read. */
export const readingCommand = askingCommand;

/** One that speaks under a name. */
export const talkingCommand = (parent: Command, usage: string, description: string, example: string): Command =>
  accept(readingCommand(parent, usage, description, example), nameSettings);

/** Commands below a word, such as `token create`. Without one of them the word prints its help. */
export const commandGroup = (parent: Command, word: string, description: string): Command =>
  parent.command(word).description(description).enablePositionalOptions();

export const configOf = (command: Command): Config => configure(givenFlags(command));

/** `a:*,b` as the patterns in it; undefined when nothing was given. */
export const listed = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
