import type { BridgeClient } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { listed } from "../asking-command.ts";
import { CommandError } from "../command-error.ts";
import { print, printJson } from "../output.ts";
import { readDuration } from "../times.ts";
import { deliver } from "./deliver.ts";
import { findMessage } from "./find-message.ts";
import { receiptJson } from "./json-forms.ts";
import { readText } from "./read-text.ts";
import { withClient } from "./with-client.ts";
import { shownId } from "./words.ts";

export interface AskOptions {
  readonly file?: string;
  readonly channel?: string;
  readonly thread?: string;
  readonly options?: string;
  readonly deadline?: string;
  readonly supersedes?: string;
  readonly key?: string;
  /** False: not at all. */
  readonly wait?: string | boolean;
  readonly quiet?: boolean;
}

const deadlineUnlessTold = "1h";

/** Asks somebody, and prints the answer when it comes. */
export async function askCommand(
  config: Config,
  { who: to, text, ...options }: AskOptions & { readonly who: string; readonly text: string | undefined },
): Promise<void> {
  const { file, deadline = deadlineUnlessTold, wait = true, quiet = false } = options;
  const deadlineSeconds = readDuration("--deadline", deadline);
  const content = await readText({ text, file });
  if (content === "") throw new CommandError("usage", "the text is empty");
  const waits = wait === false ? {} : { wait: wait === true ? deadline : wait };
  await withClient(config, async ({ client }) => {
    const question = {
      to,
      content,
      channel: options.channel,
      threadId: options.thread,
      options: listed(options.options),
      deadlineSeconds,
      supersedes: await idOf(client, options.supersedes),
      idempotencyKey: options.key,
    };
    await deliver(client, () => client.ask(question), { ...waits, quiet, isJson: config.isJson });
  });
}

/** Takes an own question back. */
export const cancelCommand = (config: Config, given: string, reason: string | undefined): Promise<void> =>
  withClient(config, async ({ client }) => {
    const { id } = await findMessage(client, given);
    const receipts = await client.cancel(id, reason);
    if (config.isJson) return printJson({ id, receipts: receipts.map(receiptJson) });
    print(`${shownId(id)}  taken back`);
  });

const idOf = async (client: BridgeClient, given: string | undefined) =>
  given === undefined ? undefined : (await findMessage(client, given)).id;
