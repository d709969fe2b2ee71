import { Command } from "commander";
import { type Flags, loadConfig } from "../../config.ts";
import { holdNursery } from "../../serve/nursery.ts";
import { version } from "../../version.ts";
import { addAccessCommands } from "./access-commands.ts";
import { addAuditCommands } from "./audit-commands.ts";
import { addChannelCommands } from "./channel-commands.ts";
import { configure } from "./configure.ts";
import type { DoctorOptions } from "./doctor.ts";
import { addInstallCommands } from "./install-commands.ts";
import { accept, allSettings, askSettings, givenFlags, variablesHelp } from "./options.ts";
import { addJoinedCommands } from "./joined-commands.ts";
import { addLocalCommands } from "./local-commands.ts";
import { addLookCommands } from "./look-commands.ts";
import { keepQuiet } from "./output.ts";
import { addPairingCommands } from "./pairing-commands.ts";
import { addSessionCommands } from "./session-commands.ts";
import { addTalkCommands } from "./talk-commands.ts";
import { addTerminalCommands } from "./terminal-commands.ts";
import { addUpCommands } from "./up-commands.ts";
import { exampleText } from "./example-text.ts";

const example = `
Example, a bridge that other machines can use (it makes its token and prints what to paste there):
  $ claude-bridge --host 0.0.0.0
`;

/** The commands. Each loads what it runs when it runs: help and mistakes are answered at once. */
export function createProgram(): Command {
  const program = accept(new Command("claude-bridge"), allSettings)
    .description("A relay that you own for coding agents on different machines. Without a command it starts one.")
    .version(`claude-bridge ${version}`, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", `\n${variablesHelp()}\n${example}`)
    // Flags after a command's name are the command's.
    .enablePositionalOptions()
    .action(() => start(givenFlags(program)));

  addRelayCommands(program.commandsGroup("The relay:"));
  addTalkCommands(program.commandsGroup("Messages:"));
  addLookCommands(program);
  addTerminalCommands(program);
  addPairingCommands(program.commandsGroup("Machines and browsers:"));
  addJoinedCommands(program);
  addInstallCommands(program);
  addSessionCommands(program);
  addChannelCommands(program);
  addAccessCommands(program.commandsGroup("Who may do what:"));
  addAuditCommands(program);
  addDatabaseCommands(program.commandsGroup("The database:"));
  addLocalCommands(program.commandsGroup("For the plugin:"));

  program.hook("preAction", (_program, command) => {
    if (command.getOptionValue("quiet") === true) keepQuiet();
  });
  // Errors are thrown, for `main` to print them all alike.
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride().configureOutput({ outputError: () => undefined });
  }
  return program;
}

function addRelayCommands(program: Command): void {
  const serve = accept(program.command("serve"), allSettings)
    .description("start the relay; what happens without a command")
    .addHelpText("after", exampleText("serve --port 8765"))
    .action(() => start(givenFlags(serve)));

  const mcp = accept(program.command("mcp"), ["logLevel", "retentionDays", "secretScan", ...askSettings])
    .description("serve MCP on stdin and stdout: the tools of a bridge, wherever it is, for the agent that starts this")
    .addHelpText("after", exampleText("mcp --bridge mac-studio"))
    .action(() => serveAgent(givenFlags(mcp)));

  addUpCommands(program);
}

function addDatabaseCommands(program: Command): void {
  const copy = accept(program.command("import"), ["db", "config"])
    .description("copy the messages of another bridge into this one's database")
    .argument(
      "<file>",
      "a claude-bridge.db of version 0.8.0 or later, or what export has written; - for standard input",
    )
    .option("--json", "print JSON")
    .addHelpText("after", exampleText("import payments.jsonl --db other.db"))
    .action((file: string) => copyMessages(file, givenFlags(copy)));

  const doctor = accept(program.command("doctor"), ["db", "config"])
    .description("check this machine's bridge, from its database to its agents; exit code 1 if something is broken")
    .option("--fix", "repair what can be repaired without harm, and say what was done")
    .option("--prove", "only probe what wakes the agents of this machine; costs each a turn for each way")
    .option("--agent <name>", "with --prove: only this one")
    .option("--yes", "with --prove: do not ask")
    .option("--json", "print JSON")
    .addHelpText("after", exampleText("doctor --fix"))
    .action((options: DoctorOptions) => examine(givenFlags(doctor), options));

  const backup = accept(program.command("backup"), ["db", "config"])
    .description("copy the database, also while a relay uses it")
    .argument("<file>", "where to; a file that is not there yet")
    .option("--json", "print JSON")
    .addHelpText("after", exampleText("backup copy.db"))
    .action((file: string) => backUp(file, givenFlags(backup)));

  const restore = accept(program.command("restore"), ["db", "config"])
    .description("put a copy in the place of the database; not while a relay uses it")
    .argument("<file>", "what backup has made")
    .option("--force", "also if there is a database; it is kept beside the new one")
    .option("--json", "print JSON")
    .addHelpText("after", exampleText("restore copy.db"))
    .action((file: string, { force = false }: { force?: boolean }) => putBack(file, givenFlags(restore), force));
}

async function start(flags: Flags): Promise<void> {
  const config = configure(flags);
  const nursery = holdNursery();
  if (config.isStdio) {
    const { stdioCommand } = await import("./stdio.ts");
    await stdioCommand(config);
  } else {
    const { relayCommand } = await import("./relay.ts");
    await relayCommand(config, () => loadConfig(flags).caps, nursery.grow);
  }
}

async function serveAgent(flags: Flags): Promise<void> {
  const config = configure(flags);
  const { mcpCommand } = await import("./mcp.ts");
  await mcpCommand(config);
}

async function copyMessages(file: string, flags: Flags): Promise<void> {
  const config = configure(flags);
  const { importCommand } = await import("./import.ts");
  await importCommand(file, config);
}

async function examine(flags: Flags, options: DoctorOptions): Promise<void> {
  const config = configure(flags);
  const { doctorCommand } = await import("./doctor.ts");
  await doctorCommand(config, options);
}

async function backUp(file: string, flags: Flags): Promise<void> {
  const config = configure(flags);
  const { backupCommand } = await import("./backup.ts");
  backupCommand(file, config);
}

async function putBack(file: string, flags: Flags, replaces: boolean): Promise<void> {
  const config = configure(flags);
  const { restoreCommand } = await import("./restore.ts");
  await restoreCommand(file, config, replaces);
}
