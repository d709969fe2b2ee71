import { type BridgeClient, type ReceivedMessage, type Sent } from "../../../client/index.ts";
import type { ToldReceipt } from "./receipts.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { type Line, roles, script } from "./script.ts";

export interface Playing {
  readonly channel: string;
  /** Of each of the two, with its own name as sender. */
  readonly clients: Readonly<Record<keyof typeof roles, BridgeClient>>;
  /** What the bridge says of how far a message got. */
  readonly receiptsOf: (id: string) => Promise<readonly ToldReceipt[]>;
  /** Between two lines, for whoever reads along. */
  readonly pause: () => Promise<void>;
  readonly show: (line: string) => void;
  readonly signal: AbortSignal;
}

/** On one bridge a message is there in milliseconds; after that long something is wrong. */
const arriveSeconds = 10;

/**
 * Plays the script over the bridge, and shows what the bridge answers.
 *
 * @throws BridgeError when it refuses or is away; an error when a message does not arrive.
 */
export async function play(playing: Playing): Promise<void> {
  let before: { readonly sent: Sent; readonly from: keyof typeof roles } | undefined;
  for (const line of script) {
    const { sent, received } = await say(line, before?.sent.id, playing);
    if (before !== undefined && before.from !== line.from && received.envelope?.reply_to === before.sent.id) {
      playing.show(`      ↩ answered       ${roles[before.from]}'s message has this answer`);
    }
    before = { sent, from: line.from };
    await playing.pause();
  }
}

async function say(line: Line, replyTo: string | undefined, playing: Playing) {
  const { channel, clients, show, signal } = playing;
  const to = line.from === "asks" ? "answers" : "asks";
  const { type, content } = line;
  show(`\n  ${roles[line.from]} → ${roles[to]}: ${content}`);
  const before = performance.now();
  const sent = await clients[line.from].send({ channel, to: roles[to], type, content, replyTo }, { signal });
  show(`      · ${sent.receipt.padEnd(14)} as ${visibleOnLine(sent.sender)}, ${since(before)}: it is on the disk`);
  for (const told of toldBy(sent)) show(`        ${visibleOnLine(told)}`);
  const received = await receive(clients[to], { channel, sent, signal });
  show(`      ✓ received       by ${roles[to]}, ${since(before)}`);
  const { advanced } = await clients[to].ack({ channel, consumerId: roles[to], messageId: sent.id }, { signal });
  if (advanced) show(`      ✓ acknowledged   by ${roles[to]}, ${since(before)}`);
  for (const { agent, state } of await playing.receiptsOf(sent.id)) {
    show(`        receipt: ${visibleOnLine(state.replaceAll("_", " "))}, ${visibleOnLine(agent)}`);
  }
  return { sent, received };
}

/** What a bridge that keeps receipts says will happen next. */
function toldBy(sent: Sent & { readonly next?: unknown }): readonly string[] {
  return typeof sent.next === "string" && sent.next !== "" ? [sent.next] : [];
}

/** The message as its reader has it, by waiting for whatever is new to it. */
async function receive(
  client: BridgeClient,
  { channel, sent, signal }: { readonly channel: string; readonly sent: Sent; readonly signal: AbortSignal },
): Promise<ReceivedMessage> {
  let sinceId = "beginning";
  for (;;) {
    const page = await client.wait({ channel, sinceId, timeoutSeconds: arriveSeconds }, { signal });
    const found = page.messages.find(({ id }) => id === sent.id);
    if (found !== undefined) return found;
    if (page.timedOut || page.nextCursor === undefined) throw new Error(`message ${sent.id} did not arrive in time`);
    sinceId = page.nextCursor;
  }
}

const since = (before: number) => `${Math.max(1, Math.round(performance.now() - before))} ms`;
