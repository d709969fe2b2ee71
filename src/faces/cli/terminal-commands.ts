import type { Command } from "commander";
import { configOf } from "./asking-command.ts";
import type { TuiOptions } from "./tui.ts";
import { cheatSheet } from "./cheat-sheet.ts";
import { accept, askSettings, nameSettings } from "./options.ts";
import { exampleText } from "./example-text.ts";

interface CompletionOptions {
  readonly complete?: boolean;
  readonly next?: boolean;
}

/** What makes the program easier to type. */
export function addTerminalCommands(program: Command): void {
  const tui = accept(program.command("tui"), [...askSettings, ...nameSettings])
    .description("show the bridge in the whole terminal: what needs you, messages as they come, who is there")
    .addHelpText("after", exampleText("tui --theme paper"))
    .option("--token-file <file>", "with --url: the file of the credential to show")
    .option("--sender <name>", "the same as --as; you unless told")
    .option("--theme <name>", "ink, paper, or terminal for the terminal's own colours", "ink")
    .option("--plain", "one line for each message, as for screen readers; also where there is no terminal")
    .action(async (options: TuiOptions) => {
      const { tuiCommand } = await import("./tui.ts");
      await tuiCommand(configOf(tui), options);
    });

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
