import type { ChannelName, Entry, Message, MessageId, Seq } from "../../core/message.ts";
import { type Epoch, messageId } from "../../core/message-id.ts";
import { principalKinds } from "../../core/principal.ts";
import { type Provenance, unknownProvenance, ways } from "../../core/provenance.ts";

/** What `entryColumns` select. */
export interface EntryRow {
  readonly seq: Seq;
  readonly prev: Seq;
  readonly channel: ChannelName;
  readonly accepted_at: number;
  readonly sender: string | null;
  readonly content: string | null;
  readonly id: MessageId | null;
  readonly count: number | null;
  readonly principal: string | null;
  readonly kind: number | null;
  readonly via: number | null;
  readonly hops: number | null;
  readonly label: string | null;
}

/** From `entries e JOIN channels c ON c.id = e.channel_id`. */
export const entryColumns =
  "e.seq, e.prev, c.name AS channel, e.accepted_at, e.sender, e.content, e.id, e.count, e.principal, e.kind, e.via, e.hops, e.label";

export function toEntry(epoch: Epoch, row: EntryRow): Entry {
  if (row.count === null) return toMessage(epoch, row);
  const { seq, prev, channel } = row;
  const kind = row.count < 0 ? "restored" : "cleared";
  const placed = { kind, seq, prev, id: messageId(epoch, seq), channel } as const;
  return { ...placed, acceptedAt: toMs(row.accepted_at), count: Math.abs(row.count), ...byPart(row.sender) };
}

export const byPart = (name: string | null | undefined) => (name === null || name === undefined ? {} : { by: name });

/** For statements that select messages only. */
export function toMessage(epoch: Epoch, row: EntryRow): Message {
  const { seq, prev, channel } = row;
  return {
    kind: "message",
    seq,
    prev,
    id: row.id ?? messageId(epoch, seq),
    channel,
    acceptedAt: toMs(row.accepted_at),
    sender: row.sender ?? "",
    content: row.content ?? "",
    provenance: toProvenance(row),
  };
}

function toProvenance({ principal, kind, via, hops, label }: EntryRow): Provenance {
  if (principal === null) return unknownProvenance;
  const known = { principal, kind: principalKinds[kind ?? 0] ?? "local", via: ways[via ?? 0] ?? "unknown" };
  return { ...known, hops: hops ?? 0, ...(label === null ? {} : { label }) };
}

/** What `principal`, `kind`, `via`, `hops` and `label` are for it, in this order. */
export function provenanceColumns(provenance: Provenance | undefined): readonly (string | number | null)[] {
  if (provenance === undefined) return nothingKnown;
  const { principal, kind, via, hops, label = null } = provenance;
  return [principal, principalKinds.indexOf(kind), ways.indexOf(via), hops, label];
}

const nothingKnown = [null, null, null, null, null] as const;

/** Times are whole microseconds in the database, so that they are exact and compare as numbers. */
export const toMicros = (ms: number): number => Math.round(ms * 1000);

export const toMs = (micros: number): number => micros / 1000;
