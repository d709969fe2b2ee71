import type { Config } from "../../config.ts";
import { type AskedBridge, withBridge } from "./ask-bridge.ts";
import { CommandError } from "./command-error.ts";
import { note, print, printJson, printTable } from "./output.ts";
import { localTime } from "./times.ts";

export const machinesCommand = (config: Config, showsAll: boolean): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { principals } = await bridge.call("principals");
    const shown = principals.filter(({ revoked_at: revoked }) => showsAll || revoked === undefined);
    if (config.isJson) return printJson({ principals: shown });
    if (shown.length === 0) return note("nobody has joined yet; claude-bridge invite makes a code for a machine");
    printTable(
      ["NAME", "KIND", "LAST SEEN", "FROM", "CREDENTIALS", "SINCE", "ID", ...(showsAll ? ["REVOKED"] : [])],
      shown.map((row) => [
        row.name,
        row.kind,
        row.last_seen === undefined ? "never" : localTime(row.last_seen),
        row.last_address ?? "",
        String(row.credentials),
        localTime(row.created_at),
        row.id,
        ...(showsAll ? [localTime(row.revoked_at)] : []),
      ]),
    );
  });

export const renameCommand = (config: Config, who: string, name: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { id, name: before } = await findPrincipal(bridge, who);
    const principal = await bridge.call("rename", { id, name });
    if (config.isJson) return printJson({ principal });
    print(`${before} is now called ${principal.name}; what it was sent as ${before} stays so`);
  });

export const revokeCommand = (config: Config, who: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { id } = await findPrincipal(bridge, who);
    const principal = await bridge.call("revoke", { id });
    if (config.isJson) return printJson({ principal });
    print(`${principal.name} is cut off: its credentials, sessions, streams and waits have ended`);
  });

/** @throws CommandError `not_found`. */
async function findPrincipal(bridge: AskedBridge, who: string) {
  const { principals } = await bridge.call("principals");
  const there = principals.filter(({ revoked_at: revoked }) => revoked === undefined);
  const found =
    there.find(({ id }) => id === who) ?? there.find(({ name }) => name.toLowerCase() === who.toLowerCase());
  if (found !== undefined) return found;
  throw new CommandError("not_found", `nobody here is called ${who}`, { fix: "claude-bridge machines lists who is" });
}
