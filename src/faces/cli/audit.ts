import type { Config } from "../../config.ts";
import { type AskedBridge, withBridge } from "./ask-bridge.ts";
import { CommandError, exitCodes } from "./command-error.ts";
import { note, print, printJson, printTable } from "./output.ts";
import { localTime } from "./times.ts";

/** As many as the bridge gives at once. */
const pageSize = 1000;

export const auditListCommand = (config: Config, limit: number): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { events } = await bridge.call("audit", { limit });
    if (config.isJson) return printJson({ events });
    printTable(
      ["N", "WHEN", "EVENT", "WHO", "FROM", "CHANNEL", "DETAIL"],
      events.map((row) => [
        String(row.n),
        localTime(row.timestamp),
        row.event,
        row.principal,
        row.ip ?? "",
        row.channel ?? "",
        row.detail ?? "",
      ]),
    );
  });

/** Every row, oldest first, one JSON object a line. */
export const auditExportCommand = (config: Config): Promise<void> =>
  withBridge(config, async (bridge) => {
    for await (const row of rowsOf(bridge)) printJson(row);
  });

export const auditVerifyCommand = (config: Config, head: string | undefined): Promise<void> =>
  withBridge(config, async (bridge) => {
    const found = await bridge.call("audit_verify");
    const isHeadThere = head === undefined || !found.whole ? undefined : await hasRow(bridge, head);
    const isGood = found.whole && isHeadThere !== false;
    if (!isGood) process.exitCode = exitCodes.failure;
    if (config.isJson) {
      return printJson({ ...found, ...(isHeadThere === undefined ? {} : { head_found: isHeadThere }) });
    }
    if (!found.whole) return print(`broken at row ${found.broken_at}: ${found.reason}`);
    if (isHeadThere === false) {
      return print(`no row has the hash ${head}: the audit was written anew since, or has forgotten rows that old`);
    }
    print(`whole: ${found.rows} rows, and each follows from the one before`);
    print(found.hash ?? "");
    note("that is the hash of the last row; keep it elsewhere, and give it as --head next time");
  });

async function hasRow(bridge: AskedBridge, hash: string): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    throw new CommandError("usage", "--head must be the hash of a row, 64 hexadecimal digits");
  }
  for await (const row of rowsOf(bridge)) if (row.hash === hash) return true;
  return false;
}

async function* rowsOf(bridge: AskedBridge) {
  for (let after = 0; ;) {
    const { events } = await bridge.call("audit", { after, limit: pageSize });
    yield* events;
    const last = events.at(-1);
    if (last === undefined) return;
    after = last.n;
  }
}
