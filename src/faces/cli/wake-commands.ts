import { Argument, type Command } from "commander";
import { askingCommand, commandGroup, configOf } from "./asking-command.ts";

/** What is worth a turn of which agent. */
export function addWakeCommands(program: Command): void {
  const wake = commandGroup(program, "wake", "say what wakes which agents in which channels");
  const list = askingCommand(wake, "list", "list the rules, in the order in which they are asked", "wake list").action(
    async () => {
      const { wakeListCommand } = await import("./wake.ts");
      await wakeListCommand(configOf(list));
    },
  );

  const set = askingCommand(wake, "set", "make a rule", "wake set 'mac/*' payments:events never")
    .argument("<agent>", "its name, or a pattern such as mac/*")
    .argument("<channel>", "its name, or a pattern such as payments:*")
    .addArgument(
      new Argument(
        "<what>",
        "always: whatever comes; addressed: what is for it; never: it finds it when it looks",
      ).choices(["always", "addressed", "never"]),
    )
    .action(async (agent: string, channel: string, what: string) => {
      const { wakeSetCommand } = await import("./wake.ts");
      await wakeSetCommand(configOf(set), agent, channel, what);
    });

  const remove = askingCommand(wake, "remove", "take a rule away", "wake remove 7h2k9m4p1q")
    .argument("<rule>", "its id, from wake list")
    .action(async (id: string) => {
      const { wakeRemoveCommand } = await import("./wake.ts");
      await wakeRemoveCommand(configOf(remove), id);
    });
}
