import { type Command, Option } from "commander";
import { askingCommand, commandGroup, configOf } from "./asking-command.ts";
import type { CreateOptions, RotateOptions } from "./tokens.ts";

/** Credentials for what cannot join by itself, and those of whoever has joined. */
export function addTokenCommands(program: Command): void {
  const token = commandGroup(program, "token", "make, list, rotate and revoke credentials");
  const tokenFile = new Option(
    "--token-file <file>",
    "write the token into this new file, for you only, and not to stdout",
  );

  const create = askingCommand(
    token,
    "create",
    "make a credential, shown only once",
    "token create ci --kind service --expires 90d",
  )
    .argument("[name]", "whom it is for: somebody new")
    .option("--for <name>", "somebody who is there already, by name or id")
    .addOption(new Option("--kind <kind>", "what it is for").choices(["machine", "person", "service"]))
    .option("--permissions <list>", "what it allows, of read, write, claim, clear, admin (default read,write,claim)")
    .option("--channels <patterns>", "only in these channels, such as payments:*,general")
    .option("--expires <time>", "how long it works, such as 90d (default for ever)")
    .addOption(tokenFile)
    .action(async (name: string | undefined, options: CreateOptions) => {
      const { tokenCreateCommand } = await import("./tokens.ts");
      await tokenCreateCommand(configOf(create), name, options);
    });

  const list = askingCommand(token, "list", "list credentials, without their secrets", "token list")
    .option("--all", "those that were revoked, too")
    .action(async ({ all = false }: { all?: boolean }) => {
      const { tokensCommand } = await import("./tokens.ts");
      await tokensCommand(configOf(list), all);
    });

  const rotate = askingCommand(
    token,
    "rotate",
    "give a credential a new secret; the old one works on for a while",
    "token rotate",
  )
    .argument("[id]", "from token list; without it, this machine's own, which is stored")
    .option("--grace <time>", "how long the old secret works on (default 1d)")
    .addOption(tokenFile)
    .action(async (id: string | undefined, options: RotateOptions) => {
      const { tokenRotateCommand } = await import("./tokens.ts");
      await tokenRotateCommand(configOf(rotate), id, options);
    });

  const revoke = askingCommand(token, "revoke", "end a credential, at once and for good", "token revoke 7h2k9m4p1q")
    .argument("<id>", "from token list")
    .action(async (id: string) => {
      const { tokenRevokeCommand } = await import("./tokens.ts");
      await tokenRevokeCommand(configOf(revoke), id);
    });
}
