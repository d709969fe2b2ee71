import type { Command } from "commander";
import { holdNursery } from "../../serve/nursery.ts";
import { configOf } from "./asking-command.ts";
import type { DemoOptions } from "./demo/demo.ts";
import { createInstaller } from "./installer.ts";
import type { LogsOptions } from "./logs.ts";
import { accept, allSettings, askSettings, givenFlags } from "./options.ts";
import type { UpOptions } from "./up/up.ts";
import { exampleText } from "./example-text.ts";

/** A relay of this machine, from its start to its end. */
export function addUpCommands(program: Command): void {
  const up = accept(
    program.command("up"),
    allSettings.filter((name) => name !== "stdio"),
  )
    .description("start the relay unless it runs, and print the line for the next machine")
    .option("--local", "let no other machine connect, and do not ask")
    .option("--detach", "run it in the background, with its log beside the database")
    .option("--no-claude", "leave Claude Code alone")
    .option("--dry-run", "print what would be done, and do nothing")
    .addHelpText("after", exampleText("up"))
    .action(async (options: UpOptions) => {
      const nursery = holdNursery();
      const { upCommand } = await import("./up/up.ts");
      await upCommand(givenFlags(up), options, { onStarted: nursery.grow, installer: createInstaller() });
    });

  const down = accept(program.command("down"), ["db", "config"])
    .description("stop the relay of this database, and wait until it is gone")
    .option("--json", "print JSON")
    .addHelpText("after", exampleText("down"))
    .action(async () => {
      const { downCommand } = await import("./down.ts");
      await downCommand(configOf(down));
    });

  const logs = accept(program.command("logs"), ["db", "config"])
    .description("print the log of a relay in the background")
    .option("-f, --follow", "go on with what it says from now on")
    .option("-n, --lines <count>", "how many of the last lines", "50")
    .option("--json", "print the lines as they are, JSON for the most part")
    .addHelpText("after", exampleText("logs --follow"))
    .action(async (options: LogsOptions) => {
      const { logsCommand } = await import("./logs.ts");
      await logsCommand(configOf(logs), options);
    });

  const demo = accept(program.command("demo"), askSettings)
    .description("let two scripted agents talk over the bridge, in a channel that is deleted at the end")
    .option("--fast", "do not wait for whoever reads along")
    .addHelpText("after", exampleText("demo --fast"))
    .action(async (options: DemoOptions) => {
      const { demoCommand } = await import("./demo/demo.ts");
      await demoCommand(configOf(demo), options);
    });
}
