import type { DatabaseSync } from "node:sqlite";
import type { AgentRecord } from "../../core/agent-records.ts";
import { maxAgents } from "../../core/limits.ts";
import { prepare } from "./prepare.ts";
import { toMicros, toMs } from "./rows.ts";

interface Row {
  readonly name: string;
  readonly principal: string;
  readonly seen_at: number;
  readonly body: string;
}

/** `note` and `forget` are to be called in a transaction. */
export function prepareAgents(database: DatabaseSync) {
  const all = prepare<Row>(database, "SELECT name, principal, seen_at, body FROM agents ORDER BY name");
  const put = prepare(
    database,
    `INSERT INTO agents (name, principal, seen_at, body) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET principal = excluded.principal, seen_at = excluded.seen_at, body = excluded.body`,
  );
  const remove = prepare(database, "DELETE FROM agents WHERE name = ?");
  const count = prepare<{ agents: number }>(database, "SELECT count(*) AS agents FROM agents");
  const makeRoom = prepare(
    database,
    "DELETE FROM agents WHERE name IN (SELECT name FROM agents ORDER BY seen_at LIMIT ?)",
  );

  return {
    list: (): readonly AgentRecord[] =>
      all.all().map(({ name, principal, seen_at: seenAt, body }) => ({ name, principal, seenAt: toMs(seenAt), body })),
    note(records: readonly AgentRecord[]): void {
      for (const { name, principal, seenAt, body } of records) put.run(name, principal, toMicros(seenAt), body);
      const tooMany = (count.get()?.agents ?? 0) - maxAgents;
      if (tooMany > 0) makeRoom.run(tooMany);
    },
    forget(names: readonly string[]): void {
      for (const name of names) remove.run(name);
    },
  };
}
