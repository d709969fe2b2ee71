import type { Command } from "commander";
import type { Config } from "../../config.ts";
import { configure } from "./configure.ts";
import { accept, askSettings, givenFlags, nameSettings } from "./options.ts";
import { exampleText } from "./example-text.ts";

/** What `askingCommand` is called with beside its parent, in this order: its word, what it does, and an example. */
type Wording = readonly [usage: string, description: string, example: string];

/** A command that asks a bridge: it takes what says which one, and prints JSON on demand. */
export const askingCommand = (parent: Command, ...wording: Wording): Command =>
  withQuiet("-q, --quiet", parent, wording);

/** One whose arguments may begin with a dash and any letter. */
export const searchingCommand = (parent: Command, ...wording: Wording): Command =>
  withQuiet("--quiet", parent, wording).helpOption("--help", "print this help").allowUnknownOption();

const withQuiet = (flags: string, parent: Command, [usage, description, example]: Wording): Command =>
  accept(parent.command(usage), askSettings)
    .description(description)
    .option("--json", "print JSON")
    .option(flags, "say nothing but what was asked for")
    .addHelpText("after", exampleText(example));

/** One that speaks under a name. */
export const talkingCommand = (parent: Command, ...wording: Wording): Command =>
  accept(askingCommand(parent, ...wording), nameSettings);

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
