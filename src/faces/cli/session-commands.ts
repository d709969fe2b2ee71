import type { Command } from "commander";
import { askingCommand, commandGroup, configOf } from "./asking-command.ts";

/** Browsers that are signed in, and how one comes to be. */
export function addSessionCommands(program: Command): void {
  const open = askingCommand(program, "open", "sign a browser in, with a link that works once", "open")
    .option("--name <name>", "sign this person in")
    .action(async ({ name }: { name?: string }) => {
      const { openCommand } = await import("./open.ts");
      await openCommand(configOf(open), name);
    });

  const sessions = commandGroup(program, "sessions", "list and end what browsers have open");
  const list = askingCommand(sessions, "list", "list the browsers that are signed in", "sessions list").action(
    async () => {
      const { sessionsCommand } = await import("./sessions.ts");
      await sessionsCommand(configOf(list));
    },
  );

  const revoke = askingCommand(sessions, "revoke", "sign a browser out", "sessions revoke 7h2k9m4p1q")
    .argument("<session>", "its id, from sessions list")
    .action(async (id: string) => {
      const { sessionRevokeCommand } = await import("./sessions.ts");
      await sessionRevokeCommand(configOf(revoke), id);
    });
}
