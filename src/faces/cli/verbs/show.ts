import type { FoundMessage, Receipt } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { receiptStates } from "../../../core/receipt.ts";
import { messageJson } from "../../../view/export/message-json.ts";
import { wordsOf } from "../../../view/message-words.ts";
import { print, printJson } from "../output.ts";
import { localTimeToSeconds } from "../times.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { findMessage } from "./find-message.ts";
import { receiptJson } from "./json-forms.ts";
import { sayShort } from "./receipt-line.ts";
import { withReader } from "./with-client.ts";
import { setIn, shownId } from "./words.ts";

/** One message, and how far it got with each agent. */
export const showCommand = (config: Config, given: string): Promise<void> =>
  withReader(config, async (client) => {
    const message = await findMessage(client, given);
    const receipts = await client.receipts([message.id]);
    if (config.isJson) return printJson({ ...messageJson(message), receipts: receipts.map(receiptJson) });
    for (const [name, value] of factsOf(message)) print(`${name.padEnd(9)}${value}`);
    for (const receipt of receipts) print(`${"receipt".padEnd(9)}${receiptLine(message, receipt)}`);
    print(`\n    ${setIn(wordsOf(message).text)}`);
  });

function factsOf(message: FoundMessage): readonly (readonly [string, string])[] {
  const { type, to, thread, replyTo } = wordsOf(message);
  const facts = [
    ["message", message.id],
    ["channel", message.channel],
    ["from", message.sender],
    ["to", to],
    ["type", type],
    ["thread", thread],
    ["answers", replyTo],
    ["sent", localTimeToSeconds(message.acceptedAt)],
    ["bytes", `${message.bytes}`],
  ] as const;
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, visibleOnLine(value)] as const]));
}

/** `win/worker: stored · at machine (9 ms) · answered (1 m 12 s, in 00002b)` */
function receiptLine({ acceptedAt }: FoundMessage, { agent, at, reason, answerId }: Receipt): string {
  const reached = receiptStates.flatMap((state) => {
    const ms = at[state];
    if (ms === undefined) return [];
    const inAnswer = state === "answered" && answerId !== undefined ? `, in ${shownId(answerId)}` : "";
    return [state === "stored" ? state : `${state.replaceAll("_", " ")} (${sayShort(ms - acceptedAt)}${inAnswer})`];
  });
  const why = reason === undefined ? "" : ` · ${visibleOnLine(reason)}`;
  return `${visibleOnLine(agent)}: ${reached.join(" · ")}${why}`;
}
