import type { DatabaseSync } from "node:sqlite";
import type { AuditEvent, AuditEventName, AuditFinding, AuditRow } from "../../core/audit.ts";
import type { Clock } from "../../core/clock.ts";
import { type ChainEnd, chained, verifyChain } from "../audit-chain.ts";
import { prepare } from "./prepare.ts";
import { toMicros, toMs } from "./rows.ts";

interface Row {
  readonly n: number;
  readonly at: number;
  readonly event: AuditEventName;
  readonly principal: string;
  readonly credential: string | null;
  readonly address: string | null;
  readonly channel: string | null;
  readonly seq: number | null;
  readonly body_hash: string | null;
  readonly detail: string | null;
  readonly hash: string;
}

interface Ends {
  readonly before_n: number;
  readonly before_hash: string;
  readonly last_n: number;
  readonly last_hash: string;
}

const ends = "SELECT before_n, before_hash, last_n, last_hash FROM audit_ends";
const columns = "n, at, event, principal, credential, address, channel, seq, body_hash, detail, hash";

export function prepareAuditReader(database: DatabaseSync) {
  const readEnds = prepare<Ends>(database, ends);
  const page = prepare<Row>(database, `SELECT ${columns} FROM audit_trail WHERE n > ? ORDER BY n LIMIT ?`);
  const newest = prepare<Row>(database, `SELECT ${columns} FROM audit_trail ORDER BY n DESC LIMIT ?`);
  const all = prepare<Row>(database, `SELECT ${columns} FROM audit_trail ORDER BY n`);

  return {
    rows: (after: number, limit: number): readonly AuditRow[] => page.all(after, limit).map(toRow),
    newest: (limit: number): readonly AuditRow[] => newest.all(limit).map(toRow),
    verify(): AuditFinding {
      const [start, end] = toEnds(readEnds.get());
      return verifyChain(mapped(all.iterate(), toRow), start, end);
    },
  };
}

/** To be called in a transaction. */
export interface AuditWriter {
  record(events: readonly AuditEvent[]): void;
  prune(before: number, limit: number): number;
}

export function prepareAuditWriter(database: DatabaseSync, clock: Clock): AuditWriter {
  const readEnds = prepare<Ends>(database, ends);
  const insert = prepare(database, `INSERT INTO audit_trail (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const moveLast = prepare(database, "UPDATE audit_ends SET last_n = ?, last_hash = ?");
  const moveBefore = prepare(database, "UPDATE audit_ends SET before_n = ?, before_hash = ?");
  const oldest = prepare<ChainEnd>(database, "SELECT n, hash FROM audit_trail WHERE at < ? ORDER BY n LIMIT ?");
  const removeUpTo = prepare(database, "DELETE FROM audit_trail WHERE n <= ?");

  return {
    record(events) {
      if (events.length === 0) return;
      let last = toEnds(readEnds.get())[1];
      for (const event of events) {
        const row = chained(event, toMs(toMicros(clock.now())), last);
        const { n, at, principal, credential = null, address = null, channel = null, seq = null } = row;
        const { bodyHash = null, detail = null, hash } = row;
        insert.run(n, toMicros(at), row.event, principal, credential, address, channel, seq, bodyHash, detail, hash);
        last = row;
      }
      moveLast.run(last.n, last.hash);
    },

    prune(before, limit) {
      const gone = oldest.all(toMicros(before), limit);
      const last = gone.at(-1);
      if (last === undefined) return 0;
      moveBefore.run(last.n, last.hash);
      return removeUpTo.run(last.n);
    },
  };
}

function toEnds(row: Ends | undefined): readonly [start: ChainEnd, end: ChainEnd] {
  if (row === undefined) throw new Error("the audit has lost its ends");
  return [
    { n: row.before_n, hash: row.before_hash },
    { n: row.last_n, hash: row.last_hash },
  ];
}

function toRow({ at, body_hash, credential, address, channel, seq, detail, ...row }: Row): AuditRow {
  return {
    ...row,
    at: toMs(at),
    ...(credential === null ? {} : { credential }),
    ...(address === null ? {} : { address }),
    ...(channel === null ? {} : { channel }),
    ...(seq === null ? {} : { seq }),
    ...(body_hash === null ? {} : { bodyHash: body_hash }),
    ...(detail === null ? {} : { detail }),
  };
}

function* mapped<From, To>(items: Iterable<From>, map: (item: From) => To): Iterable<To> {
  for (const item of items) yield map(item);
}
