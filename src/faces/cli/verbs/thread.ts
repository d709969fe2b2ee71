import type { BridgeClient, FoundInFull } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { messageJson } from "../../../view/export/message-json.ts";
import { wordsOf } from "../../../view/message-words.ts";
import { CommandError } from "../command-error.ts";
import { note, print, printJson } from "../output.ts";
import { withReader } from "./with-client.ts";
import { toLines } from "./words.ts";

/** They are held at once, to begin with the oldest. */
const mostMessages = 5000;
const pageSize = 100;

export interface ThreadOptions {
  readonly channel?: string;
}

/** The messages of a thread, oldest first. */
export const threadCommand = (config: Config, thread: string, { channel }: ThreadOptions): Promise<void> =>
  withReader(config, async (client) => {
    const where = channel === undefined ? "" : ` in:${quoted(channel)}`;
    const { messages, isWhole } = await newestOf(client, thread, `thread:${quoted(thread)}${where}`);
    if (messages.length === 0) throw new CommandError("not_found", `there is no thread "${thread}"`);
    for (const message of messages.toReversed()) {
      if (config.isJson) printJson(messageJson(message));
      else print(toLines(message));
    }
    if (!isWhole) note(`older messages are left out: these are the newest ${messages.length}`);
  });

async function newestOf(client: BridgeClient, thread: string, query: string) {
  const messages: FoundInFull[] = [];
  let before: number | undefined;
  do {
    const page = await client.search({ query, before, limit: pageSize, full: true });
    // What a query takes for a pattern finds others too.
    messages.push(...page.messages.filter((message) => wordsOf(message).thread === thread));
    before = page.next;
  } while (before !== undefined && messages.length < mostMessages);
  return { messages, isWhole: before === undefined };
}

/** A query has no way to spell a quote within quotes. */
const quoted = (value: string) => `"${value.replaceAll('"', "*")}"`;
