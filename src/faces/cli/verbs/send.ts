import type { Config } from "../../../config.ts";
import { CommandError } from "../command-error.ts";
import { deliver, type Delivery } from "./deliver.ts";
import { findMessage } from "./find-message.ts";
import { type MessageOptions, readMessage } from "./message-input.ts";
import { withClient } from "./with-client.ts";

export interface SendOptions extends MessageOptions, Delivery {
  readonly to?: string;
  readonly thread?: string;
  readonly replyTo?: string;
}

/** Sends a message, says how far it got, and with `wait` prints the answer. */
export async function sendCommand(
  config: Config,
  { channel, text, ...options }: SendOptions & { readonly channel: string; readonly text: string | undefined },
): Promise<void> {
  const isDirect = channel.startsWith("@");
  if (isDirect && options.to !== undefined) throw new CommandError("usage", `${channel} says already whom it is for`);
  const whom = isDirect ? { to: channel.slice(1) } : { channel, to: options.to };
  const message = await readMessage(text, options);
  await withClient(config, async ({ client }) => {
    const replyTo = options.replyTo === undefined ? undefined : (await findMessage(client, options.replyTo)).id;
    const outgoing = message({ ...whom, threadId: options.thread, replyTo });
    await deliver(client, () => client.send(outgoing), { isJson: config.isJson, ...options });
  });
}

/** Answers a message, in its channel and its thread. */
export async function replyCommand(
  config: Config,
  { id, text, ...options }: MessageOptions & Delivery & { readonly id: string; readonly text: string | undefined },
): Promise<void> {
  const message = await readMessage(text, options);
  await withClient(config, async ({ client }) => {
    const answered = await findMessage(client, id);
    const address = { channel: answered.channel, threadId: answered.envelope?.thread_id, replyTo: answered.id };
    await deliver(client, () => client.send(message(address)), { isJson: config.isJson, ...options });
  });
}
