import type { Command } from "commander";
import { configOf } from "./asking-command.ts";
import { cheatSheet } from "./cheat-sheet.ts";
import { accept, askSettings } from "./options.ts";
import { exampleText } from "./example-text.ts";

interface CompletionOptions {
  readonly complete?: boolean;
  readonly next?: boolean;
}

/** What makes the program easier to type. */
export function addTerminalCommands(program: Command): void {
  const completion = accept(program.command("completion"), askSettings)
    .description("print what lets a shell complete words")
    .addHelpText("after", exampleText("completion bash >> ~/.bashrc"))
    .argument("[shell...]", "bash, zsh, fish or powershell")
    .option("--complete", "print what fits the words behind --; the shells ask so")
    .option("--next", "with --complete: a new word begins")
    .action(async (words: readonly string[], { complete = false, next = false }: CompletionOptions) => {
      const { printCandidates, printScript } = await import("./completion/completion.ts");
      if (!complete) return printScript(words[0]);
      await printCandidates(program, configOf(completion), next ? [...words, ""] : words);
    });

  const cheat = program
    .command("cheat")
    .description("print the commands that are used most, on one page")
    .action(() => void process.stdout.write(cheatSheet));
  cheat.helpInformation = () => cheatSheet;
}
