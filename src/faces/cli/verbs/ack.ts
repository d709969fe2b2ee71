import type { Config } from "../../../config.ts";
import { formatTime } from "../../../core/time.ts";
import { print, printJson } from "../output.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { findMessage } from "./find-message.ts";
import { shownId } from "./words.ts";
import { withClient } from "./with-client.ts";

/** Says that a message was handled, or will not be. */
export const ackCommand = (config: Config, given: string, refuse: string | undefined): Promise<void> =>
  withClient(config, async ({ client, name }) => {
    const { id, channel } = await findMessage(client, given);
    const done = await client.ack({ channel, consumerId: name, messageId: id, refuse });
    const { consumerId, lastSeq, lastMessageId, updatedAt, advanced } = done;
    if (config.isJson) {
      const place = { consumer_id: consumerId, last_seq: lastSeq, last_message_id: lastMessageId, advanced };
      return printJson({ message_id: id, channel, ...place, updated_at: formatTime(updatedAt), refused: refuse });
    }
    print(`${shownId(id)}  ${refuse === undefined ? "acknowledged" : "refused"} as ${visibleOnLine(consumerId)}`);
  });
