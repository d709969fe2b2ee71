import { Argument, type Command, Option } from "commander";
import { clients, type Client } from "./install/installed.ts";
import { exampleText } from "./example-text.ts";

interface Given {
  readonly scope?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** What connects the clients of this machine, and takes it back. */
export function addInstallCommands(program: Command): void {
  command(program, "install", "connect the coding agents of this machine, with tools, hooks and what wakes them")
    .addOption(new Option("--scope <scope>", "for whom in Claude Code").choices(["user", "project", "local"]))
    .addHelpText("after", exampleText("install --dry-run"))
    .action(async (client: Client | undefined, given: Given) => {
      const { installCommand } = await import("./install/install.ts");
      await installCommand(client, read(given));
    });

  command(program, "uninstall", "undo what install has done")
    .addHelpText("after", exampleText("uninstall"))
    .action(async (client: Client | undefined, given: Given) => {
      const { uninstallCommand } = await import("./install/install.ts");
      await uninstallCommand(client, read(given));
    });
}

const command = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .addArgument(new Argument("[client]", "only this one (default: those that are here)").choices(clients))
    .option("--dry-run", "show what would be done, and change nothing")
    .option("--yes", "do not ask");

const read = ({ scope = "user", dryRun = false, yes = false }: Given) => ({ scope, isDryRun: dryRun, isSure: yes });
