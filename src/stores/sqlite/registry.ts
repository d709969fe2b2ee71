import type { DatabaseSync } from "node:sqlite";
import type { Amendment, RegistryRecord } from "../../core/registry.ts";
import { checkAmendment, checkRoom } from "../registry-checks.ts";
import { prepare } from "./prepare.ts";

export function prepareRecords(database: DatabaseSync) {
  const all = prepare<RegistryRecord>(database, "SELECT kind, id, version, body FROM registry ORDER BY kind, id");
  return (): readonly RegistryRecord[] => all.all();
}

/** How often the registry was changed, by whomever: what tells a reader that it has to look again. */
export function prepareRegistryVersion(database: DatabaseSync) {
  const version = prepare<{ version: number }>(database, "SELECT version FROM registry_version");
  return (): number => version.get()?.version ?? 0;
}

/** Call it in a transaction. Looks before it writes: a refused change has changed nothing. */
export function prepareAmend(database: DatabaseSync) {
  const find = prepare<{ version: number }>(database, "SELECT version FROM registry WHERE kind = ? AND id = ?");
  const count = prepare<{ records: number }>(database, "SELECT count(*) AS records FROM registry");
  const put = prepare(
    database,
    `INSERT INTO registry (kind, id, version, body) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version, body = excluded.body`,
  );
  const remove = prepare(database, "DELETE FROM registry WHERE kind = ? AND id = ?");
  const countChange = prepare(database, "UPDATE registry_version SET version = version + 1");

  return (changes: readonly Amendment[]): void => {
    for (const change of changes) checkAmendment(change, find.get(change.kind, change.id)?.version);
    checkRoom(count.get()?.records ?? 0, changes);
    for (const { kind, id, version, body } of changes) {
      if (body === undefined) remove.run(kind, id);
      else put.run(kind, id, version + 1, body);
    }
    countChange.run();
  };
}
