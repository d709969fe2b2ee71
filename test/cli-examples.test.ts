import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { cheatSheet } from "../src/faces/cli/cheat-sheet.ts";
import { createProgram } from "../src/faces/cli/program.ts";
import { commandsIn, everyCommand } from "./support/commands.ts";

/** What is shown to be typed can be typed: a shell takes it apart, and the program takes it. */

const helpOf = (words: string): string => {
  let text = "";
  const command = everyCommand().get(words);
  command?.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
};

/** The arguments that a shell makes of what stands behind the program's name, up to a pipe or a file. */
function argumentsIn(line: string): readonly string[] {
  const typed = line.replace(/ (?:>>?|\|) .*$/, "");
  return execFileSync("sh", ["-c", `printf '%s\\0' ${typed}`], { encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

/** The command that would run, by its words. */
async function commandOf(line: string): Promise<string | undefined> {
  let called: string | undefined;
  const program = createProgram();
  for (const [words, command] of commandsIn(program)) command.action(() => void (called = words));
  await program.parseAsync([...argumentsIn(line)], { from: "user" });
  return called;
}

/** Its help is the page that is nothing but examples. */
const commands = [...everyCommand().keys()].filter((words) => words !== "cheat");
const ofThePage = [...cheatSheet.matchAll(/^ {2}(?:.*\| )?claude-bridge (.+?)(?: {2,}.*)?$/gm)].map(
  ([, line = ""]) => line,
);

describe("the example in the help", () => {
  it.each(commands)("of %s is one of it, and is taken", async (words) => {
    const [, example = ""] = /^ {2}\$ claude-bridge (.+)$/m.exec(helpOf(words)) ?? [];
    expect(await commandOf(example)).toBe(words);
  });
});

describe("the cheat sheet", () => {
  it("has the commands that are used most", () => {
    expect(ofThePage.length).toBeGreaterThan(15);
  });

  it.each(ofThePage)("has a line that is taken: %s", async (line) => {
    expect([...everyCommand().keys()]).toContain(await commandOf(line));
  });
});
