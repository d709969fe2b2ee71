import type { Command } from "commander";
import { askingCommand, commandGroup, configOf } from "./asking-command.ts";

/** What a machine does with the bridges that it has joined. */
export function addJoinedCommands(program: Command): void {
  const use = askingCommand(program, "use", "choose the bridge that commands ask from here", "use mac-studio")
    .argument("[bridge]", "without it: list the bridges that this machine has joined")
    .action(async (name: string | undefined) => {
      const { useCommand } = await import("./use.ts");
      useCommand(configOf(use), name);
    });

  const status = askingCommand(
    program,
    "status",
    "say which bridge commands ask from here, and who they are there",
    "status",
  ).action(async () => {
    const { statusCommand } = await import("./status.ts");
    await statusCommand(configOf(status));
  });

  const auth = commandGroup(program, "auth", "show this machine's credential to programs that need it");
  const header = askingCommand(
    auth,
    "header",
    "print the HTTP headers with the credential, for headersHelper",
    "auth header",
  )
    .argument("[bridge]", "one that this machine has joined (default the current one)")
    .action(async (name: string | undefined) => {
      const { authHeaderCommand } = await import("./auth-header.ts");
      authHeaderCommand(configOf(header), name);
    });
}
