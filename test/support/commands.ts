import type { Command } from "commander";
import { createProgram } from "../../src/faces/cli/program.ts";

/** Every command that does something, by the words that call it. */
export const everyCommand = (): ReadonlyMap<string, Command> => new Map(commandsIn(createProgram()));

/** Those below this one. */
export function commandsIn(command: Command, words = ""): readonly (readonly [string, Command])[] {
  return command.commands.flatMap((child) => {
    const called = `${words}${child.name()}`;
    return child.commands.length === 0 ? [[called, child] as const] : commandsIn(child, `${called} `);
  });
}
