import type { Command } from "commander";
import { askingCommand, configOf } from "./asking-command.ts";
import type { InviteOptions } from "./invite.ts";
import type { JoinOptions } from "./join.ts";

/** How another machine comes to a bridge. */
export function addPairingCommands(program: Command): void {
  const invite = askingCommand(
    program,
    "invite",
    "make a code with which another machine joins the bridge, once",
    "invite",
  )
    .option("--ttl <time>", "how long it works, up to a day", "10m")
    .option("--name <name>", "call the machine so; otherwise it says its own name")
    .option("--person", "for a person with a browser or terminal instead of a machine")
    .option("--read-only", "it may read and nothing else")
    .option("--permissions <list>", "what it may, of read, write, claim, clear, admin (default read,write,claim)")
    .option("--channels <patterns>", "only in these channels, such as payments:*,general")
    .option("--qr", "show it as a QR code too")
    .action(async (options: InviteOptions) => {
      const { inviteCommand } = await import("./invite.ts");
      await inviteCommand(configOf(invite), options);
    });

  const join = askingCommand(
    program,
    "join",
    "let this machine join a bridge, with a code that claude-bridge invite made",
    "join http://192.168.1.42:8765 K7QF-4TM2",
  )
    .argument("<url>", "the bridge's address")
    .argument("[code]", "the join code; - reads it from standard input")
    .option("--name <name>", "call this machine so (default its host name)")
    .option("--as <name>", "call the bridge so on this machine")
    .option("--fingerprint <sha256>", "believe only who has this certificate")
    .option("--lines", "print what connects clients by hand, instead of connecting Claude Code")
    .action(async (url: string, code: string | undefined, options: JoinOptions) => {
      const { joinCommand } = await import("./join.ts");
      await joinCommand(configOf(join), url, code, options);
    });
}
