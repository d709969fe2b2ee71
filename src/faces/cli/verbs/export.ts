import { once } from "node:events";
import type { BridgeClient, ReceivedMessage } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { systemClock } from "../../../core/clock.ts";
import { exportFormats } from "../../../view/export/export-formats.ts";
import { redacted } from "../../../view/export/redacted.ts";
import { wordsOf } from "../../../view/message-words.ts";
import { CommandError } from "../command-error.ts";
import { note } from "../output.ts";
import { createInterruption } from "./interruption.ts";
import { readMoment } from "./moments.ts";
import { channelsIn } from "./scope.ts";
import { withReader } from "./with-client.ts";

export interface ExportOptions {
  readonly format: string;
  readonly since?: string;
  readonly until?: string;
  readonly thread?: string;
  readonly redact?: boolean;
  readonly quiet?: boolean;
}

const pageSize = 500;
const tellMs = 250;

/** Writes messages to stdout, channel after channel, each from its oldest on. */
export async function exportCommand(config: Config, words: readonly string[], options: ExportOptions): Promise<void> {
  const { since, until, thread, redact = false, quiet = false } = options;
  const format = exportFormats.get(options.format);
  if (format === undefined) {
    const known = [...exportFormats.keys()].join(", ");
    throw new CommandError("usage", `--format must be one of ${known}, not "${options.format}"`);
  }
  const from = since === undefined ? Number.NEGATIVE_INFINITY : readMoment("--since", since);
  const to = until === undefined ? Number.POSITIVE_INFINITY : readMoment("--until", until);
  const isWanted = (message: ReceivedMessage) =>
    message.acceptedAt >= from &&
    message.acceptedAt < to &&
    (thread === undefined || wordsOf(message).thread === thread);
  const interruption = createInterruption();
  const counter = createCounter(quiet || !process.stderr.isTTY);
  try {
    await withReader(config, async (client) => {
      const channels = await channelsIn(client, words);
      if (channels.length === 0) throw new CommandError("not_found", "no channel with messages has such a name");
      await write(format.begin(thread ?? words.join(" ")));
      for (const { channel } of channels.toSorted((a, b) => (a.channel < b.channel ? -1 : 1))) {
        let isNamed = false;
        for await (const message of messagesOf(client, channel, interruption.signal)) {
          if (!isWanted(message)) continue;
          if (!isNamed) await write(format.channel(channel));
          isNamed = true;
          await write(format.message(redact ? redacted(message) : message));
          counter.count();
        }
        if (interruption.signal.aborted) return;
      }
      await write(format.end);
    });
  } finally {
    counter.end();
    interruption.release();
  }
}

async function* messagesOf(client: BridgeClient, channel: string, signal: AbortSignal) {
  let sinceId: string | undefined = "beginning";
  for (let hasMore = true; hasMore && !signal.aborted && sinceId !== undefined;) {
    const page: Awaited<ReturnType<BridgeClient["messages"]>> = await client.messages({
      channel,
      sinceId,
      limit: pageSize,
    });
    for (const message of page.messages) {
      if (signal.aborted) return;
      yield message;
    }
    ({ hasMore, nextCursor: sinceId } = page);
  }
}

/** As fast as it is read. */
async function write(text: string): Promise<void> {
  if (process.stdout.write(text) || process.stdout.destroyed) return;
  await once(process.stdout, "drain").catch(() => {});
}

/** How many, and how fast: nobody knows of how many. */
function createCounter(isSilent: boolean) {
  const startedAt = systemClock.now();
  let [count, toldAt] = [0, startedAt];
  const tell = () => {
    const seconds = Math.max(0.001, (systemClock.now() - startedAt) / 1000);
    process.stderr.write(`\r\u001b[K  ${count} messages, ${Math.round(count / seconds)} a second`);
  };
  return {
    count() {
      count += 1;
      if (isSilent || systemClock.now() - toldAt < tellMs) return;
      toldAt = systemClock.now();
      tell();
    },
    end() {
      if (isSilent) return;
      tell();
      note("");
    },
  };
}
