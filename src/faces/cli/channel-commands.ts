import type { Command } from "commander";
import { askingCommand, configOf } from "./asking-command.ts";

/** What is done to a whole channel. */
export function addChannelCommands(program: Command): void {
  const clear = askingCommand(program, "clear", "delete every message of a channel", "clear payments:worker")
    .argument("<channel>", "its name")
    .option("--yes", "without asking")
    .action(async (channel: string, { yes = false }: { yes?: boolean }) => {
      const { clearCommand } = await import("./clear.ts");
      await clearCommand(configOf(clear), channel, yes);
    });

  const example = "undo 94157a1d-c423-8c86-8000-000000000007";
  const undo = askingCommand(program, "undo", "bring back what a clear has deleted, within ten minutes", example)
    .argument("<clear>", "the id that the clear has answered")
    .action(async (id: string) => {
      const { undoCommand } = await import("./clear.ts");
      await undoCommand(configOf(undo), id);
    });
}
