import type { Config } from "../../config.ts";
import { readBridges, writeBridges } from "../../config/bridges.ts";
import { CommandError } from "./command-error.ts";
import { note, print, printJson, printTable } from "./output.ts";
import { localTime } from "./times.ts";

/** Without a name: which bridges there are to choose from. */
export function useCommand({ client, isJson }: Config, name: string | undefined): void {
  const bridges = readBridges(client.folder);
  if (name === undefined) return list(bridges, isJson);
  if (!bridges.known.has(name)) {
    const fix = "claude-bridge use lists those that it has joined";
    throw new CommandError("not_found", `this machine has joined no bridge called ${name}`, { fix });
  }
  writeBridges(client.folder, { ...bridges, current: name });
  if (isJson) printJson({ current: name });
  else print(`commands now ask ${name}`);
}

function list({ current, known }: ReturnType<typeof readBridges>, isJson: boolean): void {
  const rows = [...known].map(([name, { url, principal, joinedAt }]) => ({
    name,
    url,
    principal,
    joined_at: joinedAt,
  }));
  if (isJson) return printJson({ current, bridges: rows });
  if (rows.length === 0) return note("this machine has joined no bridge; claude-bridge join <url> <code> does");
  printTable(
    ["", "BRIDGE", "URL", "THIS MACHINE IS", "SINCE"],
    rows.map((row) => [
      row.name === current ? "*" : " ",
      row.name,
      row.url,
      row.principal.name,
      localTime(row.joined_at),
    ]),
  );
}
