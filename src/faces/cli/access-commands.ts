import { Argument, type Command, Option } from "commander";
import type { AllowOptions } from "./acl.ts";
import { askingCommand, commandGroup, configOf } from "./asking-command.ts";
import type { FreezeOptions } from "./freezes.ts";
import { addTokenCommands } from "./token-commands.ts";
import { addWakeCommands } from "./wake-commands.ts";

/** Who there is on a bridge, and what they may. */
export function addAccessCommands(program: Command): void {
  addMachineCommands(program);
  addTokenCommands(program);
  addRuleCommands(program);
  addFreezeCommands(program);
  addWakeCommands(program);
}

function addMachineCommands(program: Command): void {
  const machines = askingCommand(
    program,
    "machines",
    "list the machines, people and services of the bridge",
    "machines",
  )
    .alias("principals")
    .option("--all", "those that were revoked, too")
    .action(async ({ all = false }: { all?: boolean }) => {
      const { machinesCommand } = await import("./machines.ts");
      await machinesCommand(configOf(machines), all);
    });

  const rename = askingCommand(program, "rename", "call a machine something else", "rename win-desktop build-server")
    .argument("<machine>", "its name or id")
    .argument("<name>", "its new name")
    .action(async (who: string, name: string) => {
      const { renameCommand } = await import("./machines.ts");
      await renameCommand(configOf(rename), who, name);
    });

  const revoke = askingCommand(program, "revoke", "cut a machine off, at once and for good", "revoke win-desktop")
    .argument("<machine>", "its name or id")
    .action(async (who: string) => {
      const { revokeCommand } = await import("./machines.ts");
      await revokeCommand(configOf(revoke), who);
    });
}

function addRuleCommands(program: Command): void {
  const acl = commandGroup(program, "acl", "say who may do what in which channels");
  const list = askingCommand(acl, "list", "list the rules", "acl list").action(async () => {
    const { aclListCommand } = await import("./acl.ts");
    await aclListCommand(configOf(list));
  });

  const allow = askingCommand(acl, "allow", "let somebody into channels", "acl allow win-desktop 'payments:*'")
    .argument("<who>", "a name or id, or * for everybody")
    .argument("<channels>", "names and patterns, such as payments:*,general")
    .option("--permissions <list>", "what they may there, of read, write, claim, clear (default read,write,claim)")
    .action(async (who: string, channels: string, options: AllowOptions) => {
      const { aclAllowCommand } = await import("./acl.ts");
      await aclAllowCommand(configOf(allow), who, channels, options);
    });

  const remove = askingCommand(acl, "remove", "take a rule away", "acl remove 7h2k9m4p1q")
    .argument("<rule>", "its id, from acl list")
    .action(async (id: string) => {
      const { aclRemoveCommand } = await import("./acl.ts");
      await aclRemoveCommand(configOf(remove), id);
    });

  const standard = askingCommand(acl, "default", "say what holds where no rule allows anything", "acl default deny")
    .addArgument(
      new Argument("<policy>", "open: rules are not asked; deny: only what a rule allows").choices(["open", "deny"]),
    )
    .action(async (policy: string) => {
      const { aclDefaultCommand } = await import("./acl.ts");
      await aclDefaultCommand(configOf(standard), policy);
    });
}

function addFreezeCommands(program: Command): void {
  const machine = new Option("--machine <name>", "a machine, person or service instead of a channel");
  const freeze = askingCommand(
    program,
    "freeze",
    "take no messages for now",
    "freeze payments:worker --reason 'a loop'",
  )
    .argument("[channel]", "into this channel")
    .addOption(machine)
    .option("--reason <text>", "what those who send are told")
    .action(async (channel: string | undefined, options: FreezeOptions) => {
      const { freezeCommand } = await import("./freezes.ts");
      await freezeCommand(configOf(freeze), channel, options);
    });

  const unfreeze = askingCommand(program, "unfreeze", "take messages again", "unfreeze payments:worker")
    .argument("[channel]", "into this channel")
    .addOption(machine)
    .action(async (channel: string | undefined, options: FreezeOptions) => {
      const { unfreezeCommand } = await import("./freezes.ts");
      await unfreezeCommand(configOf(unfreeze), channel, options);
    });

  const freezes = askingCommand(program, "freezes", "list what is frozen", "freezes").action(async () => {
    const { freezesCommand } = await import("./freezes.ts");
    await freezesCommand(configOf(freezes));
  });
}
