import { once } from "node:events";
import type { BridgeClient, ReceivedMessage } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { systemClock } from "../../../core/clock.ts";
import { findSecrets } from "../../../core/secrets.ts";
import { CommandError } from "../command-error.ts";
import { jsonLine, note } from "../output.ts";
import { createInterruption } from "./interruption.ts";
import { toMarkdown, toMarkdownHead } from "./markdown.ts";
import { messageJson } from "./json-forms.ts";
import { readMoment } from "./moments.ts";
import { channelsIn } from "./scope.ts";
import { withReader } from "./with-client.ts";

export interface ExportOptions {
  readonly format: string;
  readonly since?: string;
  readonly until?: string;
  readonly redact?: boolean;
  readonly quiet?: boolean;
}

const pageSize = 500;
const tellMs = 250;

/** Writes messages to stdout, channel after channel, each from its oldest on. */
export async function exportCommand(config: Config, words: readonly string[], options: ExportOptions): Promise<void> {
  const { format, since, until, redact = false, quiet = false } = options;
  if (format !== "jsonl" && format !== "md") {
    throw new CommandError("usage", `--format must be jsonl or md, not "${format}"`);
  }
  const from = since === undefined ? Number.NEGATIVE_INFINITY : readMoment("--since", since);
  const to = until === undefined ? Number.POSITIVE_INFINITY : readMoment("--until", until);
  const show = (message: ReceivedMessage) =>
    format === "md" ? toMarkdown(message) : `${jsonLine(messageJson(message))}\n`;
  const interruption = createInterruption();
  const counter = createCounter(quiet || !process.stderr.isTTY);
  try {
    await withReader(config, async (client) => {
      const channels = await channelsIn(client, words);
      if (channels.length === 0) throw new CommandError("not_found", "no channel with messages has such a name");
      for (const { channel } of channels.toSorted((a, b) => (a.channel < b.channel ? -1 : 1))) {
        if (format === "md") await write(toMarkdownHead(channel));
        for await (const message of messagesOf(client, channel, interruption.signal)) {
          if (message.acceptedAt < from || message.acceptedAt >= to) continue;
          await write(show(redact ? redacted(message) : message));
          counter.count();
        }
        if (interruption.signal.aborted) return;
      }
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

/** The envelope is taken out of the text again. */
function redacted(message: ReceivedMessage): ReceivedMessage {
  let { content } = message;
  for (const { start, length, label } of findSecrets(content).toReversed()) {
    content = `${content.slice(0, start)}[redacted: ${label}]${content.slice(start + length)}`;
  }
  return { ...message, content, envelope: undefined };
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
