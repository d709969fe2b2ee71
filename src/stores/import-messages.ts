import type { ChannelName, MessageId, Seq } from "../core/message.ts";
import { prepareImport, type Imported } from "./sqlite/import-step.ts";
import { openDatabase } from "./sqlite/open-database.ts";
import { prepare } from "./sqlite/prepare.ts";

/** A message that another bridge has written into a file. */
export interface ForeignMessage {
  readonly id: string;
  readonly channel: string;
  readonly sender: string;
  /** RFC 3339. */
  readonly timestamp: string;
  readonly content: string;
}

export interface ImportTarget {
  /** Our database; it is made if there is none. */
  readonly path: string;
  readonly warn?: (message: string) => void;
}

/** What is copied in one transaction: others may write to the database between two, and all of it is in memory. */
const mostInStep = 500;
const mostLengthInStep = 8 * 1024 * 1024;

/**
 * Appends the messages that are not in the database yet, by their ids, which they keep, with their order and times. When
 * `messages` throws, what came long enough before is there; whoever runs it twice does no harm.
 *
 * @throws BridgeError `store_busy`, `store_full`.
 * @throws Error that says what is wrong with the database.
 */
export async function importMessages(
  { path, warn }: ImportTarget,
  messages: AsyncIterable<ForeignMessage>,
): Promise<Imported> {
  const { database } = await openDatabase({ path, warn });
  try {
    // The texts of messages do not belong into a file that others may read.
    database.exec(
      "PRAGMA temp_store = MEMORY; CREATE TEMP TABLE incoming (seq INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT",
    );
    const keep = prepare(database, "INSERT INTO temp.incoming (seq, content) VALUES (?, ?)");
    const forget = prepare(database, "DELETE FROM temp.incoming");
    const { copyMissing } = prepareImport(database, "temp.incoming");
    let [imported, skipped] = [0, 0];
    for await (const step of stepsOf(messages)) {
      const rows = step.map(({ id, channel, sender, timestamp }, index) => {
        return { seq: index as Seq, id: id as MessageId, channel: channel as ChannelName, sender, timestamp };
      });
      step.forEach(({ content }, index) => keep.run(index, content));
      const copied = await copyMissing(rows);
      forget.run();
      imported += copied;
      skipped += rows.length - copied;
    }
    return { imported, skipped };
  } finally {
    database.close();
  }
}

async function* stepsOf(messages: AsyncIterable<ForeignMessage>): AsyncGenerator<readonly ForeignMessage[]> {
  let step: ForeignMessage[] = [];
  let length = 0;
  for await (const message of messages) {
    step.push(message);
    length += message.content.length;
    if (step.length < mostInStep && length < mostLengthInStep) continue;
    yield step;
    [step, length] = [[], 0];
  }
  if (step.length > 0) yield step;
}
