import type { Command, Option } from "commander";
import type { LiveNames } from "./live-names.ts";
import { scripts } from "./scripts.ts";

/** A word that would fit, and what it is. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/**
 * What could stand where the last word is begun; `words` are those behind the program's name. The bridge is asked only
 * where a name of it fits.
 */
export async function candidatesFor(
  program: Command,
  words: readonly string[],
  askNames: () => Promise<LiveNames>,
): Promise<readonly Candidate[]> {
  const current = words.at(-1) ?? "";
  const { command, operands, pending } = read(program, words.slice(0, -1));
  const fitting = ({ word }: Candidate) => word.startsWith(current);
  if (pending !== undefined) return (await valuesOf(nameOf(pending), askNames)).filter(fitting);
  if (current.startsWith("-")) return flagsOf(command).filter(fitting);
  if (command.commands.length > 0) return commandsOf(command).filter(fitting);
  const { registeredArguments: known } = command;
  const argument = known[operands] ?? (known.at(-1)?.variadic === true ? known.at(-1) : undefined);
  if (argument === undefined) return [];
  const values = await valuesOf(argument.name(), askNames);
  // A direct message has no channel of its own.
  const isDirect = command.name() === "send" && argument.name() === "channel";
  const direct = isDirect ? (await askNames()).agents.map((name) => ({ word: `@${name}`, about: "direct" })) : [];
  return [...values, ...direct].filter(fitting);
}

/** The command that the words have come to, how many arguments it has already, and the flag that waits for its value. */
function read(program: Command, words: readonly string[]) {
  let command = program;
  let operands = 0;
  let pending: Option | undefined;
  for (const word of words) {
    if (pending !== undefined) {
      pending = undefined;
    } else if (word.startsWith("-") && word !== "-") {
      const option = command.options.find(({ long, short }) => long === word || short === word);
      pending = option?.required === true ? option : undefined;
    } else {
      const child = operands === 0 ? childOf(command, word) : undefined;
      if (child === undefined) operands += 1;
      else command = child;
    }
  }
  return { command, operands, pending };
}

const childOf = ({ commands }: Command, word: string) =>
  commands.find((child) => child.name() === word || child.aliases().includes(word));

const nameOf = (option: Option) => option.attributeName();

const flagsOf = ({ options }: Command): readonly Candidate[] =>
  options.flatMap(({ long, description, hidden }) =>
    long === undefined || hidden ? [] : [{ word: long, about: description }],
  );

const commandsOf = (command: Command): readonly Candidate[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ word: child.name(), about: child.description() }));

/** By the name of the argument or flag. */
async function valuesOf(name: string, askNames: () => Promise<LiveNames>): Promise<readonly Candidate[]> {
  if (name === "channel" || name === "pattern") return named((await askNames()).channels, "channel");
  if (name === "to" || name === "who") return named([...(await askNames()).agents, "you"], "agent");
  if (name === "from") return named((await askNames()).agents, "agent");
  return named(fixed[name] ?? [], name);
}

const fixed: Readonly<Record<string, readonly string[]>> = {
  shell: Object.keys(scripts),
  format: ["jsonl", "md", "html"],
  type: ["message", "task", "question", "answer", "result", "review", "note"],
};

const named = (words: readonly string[], about: string) => words.map((word) => ({ word, about }));
