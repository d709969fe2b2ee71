import type { Config } from "../../config.ts";
import { withBridge } from "./ask-bridge.ts";
import { note, print, printJson, printTable } from "./output.ts";
import { localTime } from "./times.ts";

export const sessionsCommand = (config: Config): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { sessions } = await bridge.call("sessions");
    if (config.isJson) return printJson({ sessions });
    if (sessions.length === 0) return note("no browser is signed in; claude-bridge open signs one in");
    printTable(
      ["ID", "WHO", "BROWSER", "FROM", "LAST USED", "ENDS"],
      sessions.map((row) => [
        row.id,
        row.principal.name,
        row.browser ?? "",
        row.address ?? "",
        localTime(row.last_used_at),
        localTime(row.expires_at),
      ]),
    );
  });

export const sessionRevokeCommand = (config: Config, id: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    await bridge.call("session_revoke", { id });
    if (config.isJson) return printJson({ id, revoked: true });
    print(`the browser of session ${id} is signed out`);
  });
