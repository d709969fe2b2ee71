import type { ReceivedMessage } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { CommandError } from "../command-error.ts";
import { note, print, printJson } from "../output.ts";
import { messageJson } from "./json-forms.ts";
import { channelsIn } from "./scope.ts";
import { toLines, wordsOf } from "./words.ts";
import { withReader } from "./with-client.ts";

/** What is looked through: so many of the newest messages of the channels that were used last. */
const mostChannels = 50;
const mostMessages = 500;

export interface ThreadOptions {
  readonly channel?: string;
}

/** The messages of a thread, oldest first. */
export const threadCommand = (config: Config, thread: string, { channel = "*" }: ThreadOptions): Promise<void> =>
  withReader(config, async (client) => {
    const channels = await channelsIn(client, [channel]);
    const found: ReceivedMessage[] = [];
    let isWhole = channels.length <= mostChannels;
    for (const { channel: name } of channels.slice(0, mostChannels)) {
      const page = await client.messages({ channel: name, limit: mostMessages });
      isWhole &&= !page.hasMore;
      found.push(...page.messages.filter((message) => wordsOf(message).thread === thread));
    }
    const older = `only the newest ${mostMessages} messages of each channel were looked through`;
    if (found.length === 0) {
      throw new CommandError("not_found", `there is no thread "${thread}"${isWhole ? "" : `; ${older}`}`);
    }
    for (const message of found.toSorted((a, b) => a.seq - b.seq)) {
      if (config.isJson) printJson(messageJson(message));
      else print(toLines(message));
    }
    if (!isWhole) note(older);
  });
