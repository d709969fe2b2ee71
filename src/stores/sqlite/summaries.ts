import type { DatabaseSync } from "node:sqlite";
import { maxListedSenders } from "../../core/limits.ts";
import { beginning, type ChannelName, type Seq } from "../../core/message.ts";
import type { ChannelSummary, Totals } from "../../core/store.ts";
import { prepare } from "./prepare.ts";
import { toMs } from "./rows.ts";

export interface Summaries {
  channels(): readonly ChannelSummary[];
  totals(): Totals;
  lastSeq(): Seq;
}

interface SummaryRow {
  readonly channel: ChannelName;
  readonly messages: number;
  readonly last_accepted_at: number;
  /** A JSON array. */
  readonly senders: string;
}

export function prepareSummaries(database: DatabaseSync): Summaries {
  const summaries = prepare<SummaryRow>(
    database,
    `SELECT name AS channel, messages, last_accepted_at, (
       SELECT json_group_array(sender) FROM (
         SELECT sender FROM senders WHERE channel_id = channels.id ORDER BY sender LIMIT ${maxListedSenders}
       )
     ) AS senders
     FROM channels WHERE messages > 0`,
  );
  const totals = prepare<Totals & { lastSeq: Seq }>(
    database,
    "SELECT channels, messages, last_seq AS lastSeq FROM bridge",
  );

  return {
    // Sorted here, because SQLite orders text by its bytes and JavaScript by its code units.
    channels: () =>
      summaries
        .all()
        .map(({ channel, messages, last_accepted_at, senders }) => ({
          channel,
          messages,
          lastAcceptedAt: toMs(last_accepted_at),
          senders: (JSON.parse(senders) as string[]).toSorted(),
        }))
        .toSorted((a, b) => (a.channel < b.channel ? -1 : 1)),
    totals() {
      const { channels, messages } = totals.get() ?? { channels: 0, messages: 0 };
      return { channels, messages };
    },
    lastSeq: () => totals.get()?.lastSeq ?? beginning,
  };
}
