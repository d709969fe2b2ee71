import { Argument, type Command } from "commander";
import { exampleText } from "./example-text.ts";
import { hookEvents, type HookEvent } from "./local/hook-events.ts";

/** What a client's plugin runs beside a session. They do nothing where no `claude-bridge mcp` runs. */
export function addLocalCommands(program: Command): void {
  program
    .command("monitor")
    .description("print a line whenever there is mail for this session, for as long as it is there")
    .addHelpText("after", exampleText("monitor"))
    .action(async () => {
      const { monitorCommand } = await import("./local/monitor.ts");
      await monitorCommand();
    });

  program
    .command("hook")
    .description("run a hook of Claude Code, which tells it by its standard input")
    .addArgument(new Argument("<event>", "what has happened").choices(hookEvents))
    .addHelpText("after", exampleText("hook prompt"))
    .action(async (event: HookEvent) => {
      const { hookCommand } = await import("./local/hook.ts");
      await hookCommand(event);
    });
}
