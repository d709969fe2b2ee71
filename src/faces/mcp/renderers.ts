import type { z } from "zod";
import type { operations } from "../../operations/index.ts";
import { defaultMaxChars } from "../../core/limits.ts";
import { showMessages } from "./message-text.ts";
import { clip, oneLine, quoteName, shortTime } from "./text.ts";
import type { Rendered } from "./tool-host.ts";
import { digestLine } from "./unread-words.ts";

/** The result of each tool as text for a model to read. The first words of each line are the original's. */

type Output<Name extends keyof typeof operations> = z.output<(typeof operations)[Name]["output"]>;

const name = (channel: string) => `[${quoteName(channel)}]`;

export function renderSend(sent: Output<"send">): string {
  const { channel, id, seq, timestamp, deduplicated, receipt, receipts, next, note, warnings = [] } = sent;
  const why = note === undefined ? "this idempotency_key was used" : "you have sent it before";
  const head = deduplicated
    ? `✓ Already stored in ${name(channel)}: ${why}, here is the first message`
    : `✓ Stored in ${name(channel)}`;
  const held = receipt === "held" ? "kept back, nobody is woken" : "on disk; that anybody has read it is not known";
  const lines = [
    `  receipt: ${receipt} (${held})`,
    ...receipts.filter(({ state }) => state !== receipt).map(receiptLine),
    ...(next === "" ? [] : [`  next: ${oneLine(next)}`]),
    ...(note === undefined ? [] : [`  note: ${oneLine(note)}`]),
    ...(warnings.length === 0 ? [] : [`  warning: ${warnings.join("; ")}`]),
  ];
  return [head, `  id: ${id}`, `  seq: ${seq}`, `  time: ${timestamp}`, ...lines].join("\n");
}

/** With the answer, if it has come. */
export function renderAsk(ticket: Output<"ask">): Rendered {
  const { answer, deadline, receipts } = ticket;
  const isAnswered = receipts.some(({ state }) => state === "answered");
  const lines = [renderSend(ticket), `  deadline: ${deadline}`];
  if (answer === undefined) {
    const later = "The answer wakes you whenever it comes; go on meanwhile.";
    const text = [...lines, isAnswered ? "It is answered: bridge_receive without channel shows it." : later].join("\n");
    return textOnly(text);
  }
  const { text, whole } = showMessages([answer], { maxChars: defaultMaxChars, keep: "oldest", withChannel: true });
  return { text: [...lines, text].join("\n"), carried: whole.map(({ id }) => id) };
}

/** The rung in words: `at machine`. */
const rung = (state: string) => state.replaceAll("_", " ");

const receiptLine = ({ agent, state, reason }: Output<"receipts">["receipts"][number]) =>
  `  ${quoteName(agent)}: ${rung(state)}${reason === undefined ? "" : ` (${oneLine(reason)})`}`;

/** How far one message got, with each agent. */
export function renderReceipts({ receipts }: Output<"receipts">): Rendered {
  if (receipts.length === 0)
    return textOnly("stored; it is for nobody in particular, and nobody is known to have read it.");
  const lines = receipts.map((receipt) => {
    const times = Object.entries(receipt.at).map(([state, at]) => `${rung(state)} ${shortTime(at)}`);
    const answer = receipt.answer_id === undefined ? "" : `, by ${receipt.answer_id}`;
    return `${receiptLine(receipt)}${answer}\n    ${times.join(" · ")}`;
  });
  return textOnly([`Receipts of ${receipts[0]?.message_id}:`, ...lines].join("\n"));
}

/** What is for the agent itself. */
export function renderInbox(
  { agent, messages, unread, digest }: Output<"inbox">,
  { max_chars: maxChars }: Asked,
): Rendered {
  const also = digestLine(digest ?? []);
  const where = `Inbox of ${quoteName(agent)}`;
  if (messages.length === 0) return textOnly([`${where} — nothing unread.`, also].join("\n").trimEnd());
  const { text, shown, whole } = showMessages(messages, { maxChars, keep: "oldest", withChannel: true });
  const left = unread - shown.length;
  const end = [
    left > 0 ? `${left} more: call again.` : "End.",
    "Answer with bridge_send reply_to=<id>; when the work is done: bridge_ack.",
    ...(also === "" ? [] : [also]),
  ];
  const lines = [`${where} — ${shown.length} message(s) for you`, text, "", ...end];
  return { text: lines.join("\n"), carried: whole.map(({ id }) => id) };
}

type Page = Output<"receive"> | Output<"wait">;
type Asked = {
  readonly since_id?: string | undefined;
  readonly consumer_id?: string | undefined;
  readonly max_chars: number;
};

/** Of the channels that were asked for: whoever asked knows them. */
const longestWhere = 320;

export function renderReceive(page: Output<"receive">, asked: Asked): Rendered {
  return renderPage(page, asked, name(page.channel), "bridge_receive");
}

export function renderWait(page: Output<"wait">, asked: Asked): Rendered {
  const where = clip([page.channel ?? page.channels ?? []].flat().map(name).join(" "), longestWhere);
  if (page.mail === true) {
    return textOnly(
      `${where} — nothing there yet, but something came for you: bridge_receive without channel shows it.`,
    );
  }
  if (page.timed_out) {
    return textOnly(
      `${where} — nothing came in time. Nothing was missed: call bridge_wait again with the same cursor.`,
    );
  }
  return renderPage(page, asked, where, "bridge_wait");
}

export const textOnly = (text: string): Rendered => ({ text, carried: [] });

function renderPage(page: Page, asked: Asked, where: string, tool: string): Rendered {
  const hasCursor = asked.since_id !== undefined || asked.consumer_id !== undefined;
  if (page.warning === "since_id_not_found") {
    const again = tool === "bridge_wait" ? "" : "without since_id for the newest, or ";
    return textOnly(
      `${where} — since_id ${quoteName(asked.since_id ?? "")} not found (cursor stale: it was cleared, pruned, or is of another channel); call again ${again}with since_id=beginning`,
    );
  }
  if (page.messages.length === 0) {
    const head = `${where} — no messages${hasCursor ? " after the cursor" : ""}`;
    return textOnly([head, ...noteOn(page), ...readOn(asked, page.last_ids ?? {}, page.next_cursor)].join("\n"));
  }
  const withChannel = page.channel === undefined;
  const keep = hasCursor ? "oldest" : "newest";
  const { text, shown, whole } = showMessages(page.messages, { maxChars: asked.max_chars, keep, withChannel });
  const isWhole = shown.length === page.messages.length;
  const lastIds = isWhole ? page.last_ids : Object.fromEntries(shown.map(({ channel, id }) => [channel, id]));
  const lastId = isWhole ? page.next_cursor : shown.at(-1)?.id;
  const left = page.remaining + page.messages.length - shown.length;
  const rest = hasCursor
    ? `${left} more after these.`
    : `${left} older not shown: bridge_receive with since_id=beginning reads from the first.`;
  const end = [left > 0 ? rest : "End.", ...readOn(asked, lastIds ?? {}, lastId)];
  const lines = [`${where} — ${shown.length} message(s)`, ...noteOn(page), text, "", ...end];
  return { text: lines.join("\n"), carried: whole.map(({ id }) => id) };
}

/** What to call to go on from here. A consumer goes on by acknowledging, in each channel for itself. */
function readOn({ consumer_id: consumer }: Asked, lastIds: Record<string, string>, lastId?: string): string[] {
  if (consumer === undefined) return lastId === undefined ? [] : [`To read on: since_id=${lastId}`];
  return Object.entries(lastIds).map(
    ([channel, id]) =>
      `When handled: bridge_ack channel=${quoteName(channel)} consumer_id=${quoteName(consumer)} message_id=${id}`,
  );
}

function noteOn({ warning, warning_by: name }: Page): string[] {
  const by = name === undefined ? "" : ` by ${quoteName(name)}`;
  if (warning === "channel_cleared")
    return [`Note: the channel was cleared${by} after your cursor; what was there before is gone.`];
  if (warning === "channel_restored")
    return [
      `Note: a clear of the channel was undone${by}; what was there before is back: since_id=beginning reads it.`,
    ];
  if (warning === "history_pruned")
    return ["Note: messages after your cursor were deleted by age before you read them."];
  return [];
}

export function renderAck({ channel, consumer_id, last_seq, last_message_id, advanced }: Output<"ack">): string {
  const head = advanced ? "✓ Acknowledged" : "Already acknowledged";
  return `${head} in ${name(channel)} for ${quoteName(consumer_id)}\n  up to id: ${last_message_id}\n  seq: ${last_seq}`;
}

export function renderChannels(
  { channels, total_messages: total }: Output<"channels">,
  { max_chars: maxChars }: Asked,
): string {
  if (channels.length === 0) return "No active channels yet.";
  const recent = channels.toSorted((a, b) => (a.last_ts < b.last_ts ? 1 : -1));
  const lines = recent.map(
    ({ id, count, last_ts }) => `  • ${quoteName(id)}  (${count} msgs, last: ${shortTime(last_ts)})`,
  );
  return [
    `Active channels (${channels.length}, ${total} total messages), newest first:`,
    ...within(lines, maxChars - summaryChars, "channels"),
  ].join("\n");
}

export function renderPing({ version, channels, messages, server_time: time }: Output<"ping">): string {
  return `✓ Claude Bridge online\n  Version: ${version}\n  Channels: ${channels}\n  Messages: ${messages}\n  Server time: ${time}`;
}

export function renderWhoami(
  { principal: { name: own, kind, verified }, permissions, channels }: Output<"whoami">,
  { role }: { readonly role?: string | undefined },
): string {
  const proof = verified ? `verified ${kind}` : "unverified: your sender names are taken as you give them";
  const lines = [`You are ${quoteName(own)} (${proof})`, `  may: ${permissions.join(", ")} in ${channels.join(" ")}`];
  if (role === undefined) return lines.join("\n");
  const note =
    "  role not set: over this connection the header Claude-Bridge-Agent says it, in your client's configuration";
  return [...lines, note].join("\n");
}

export function renderClear({ channel, cleared, id, undo_until: until }: Output<"clear">): string {
  const head = `Cleared ${cleared} message(s) from ${name(channel)}`;
  if (id === undefined || until === undefined) return head;
  return `${head}\n  A person can undo it until ${shortTime(until)}: claude-bridge undo ${id}`;
}

export function renderStatus({ channels, remaining }: Output<"status">, { max_chars: maxChars }: Asked): string {
  if (channels.length === 0) return "No active channels.";
  const room = maxChars - summaryChars;
  const boxes = channels.map((channel) => boxOf(channel, room));
  const hidden = remaining > 0 ? [`${remaining} quieter channels not shown: bridge_channels lists them all`] : [];
  return [...within(boxes, room, "channels"), ...hidden].join("\n");
}

/** Of each message in an overview. */
const previewChars = 120;
const senderChars = 140;
/** Kept free for the lines on the whole, above and below the parts. */
const summaryChars = 200;
/** Kept free for the first and the last line of a box, with the channel's name. */
const boxChars = 400;

function boxOf({ channel, total, messages }: Output<"status">["channels"][number], maxChars: number): string {
  const rows = messages.map(
    ({ seq, sender, timestamp, preview }) =>
      `│  [${seq}] ${clip(quoteName(sender), senderChars)} @ ${shortTime(timestamp)}\n│  ${rowText(preview)}`,
  );
  const newest = rows.slice(-fitting(rows.toReversed(), maxChars - boxChars));
  return [`┌─ ${name(channel)} — ${total} total`, ...newest, `└${"─".repeat(40)}`].join("\n");
}

/** A heading begins with a bracket, so a message must not. */
const rowText = (preview: string) => clip(oneLine(preview).replace(/^\s*\[/, "\\["), previewChars);

/** The first parts that fit, at least one, and a line on the rest. */
function within(parts: readonly string[], maxChars: number, what: string): readonly string[] {
  const count = fitting(parts, maxChars);
  if (count === parts.length) return parts;
  return [...parts.slice(0, count), `${parts.length - count} more ${what}: call again with a larger max_chars`];
}

/** How many of the parts fit, at least one. */
function fitting(parts: readonly string[], maxChars: number): number {
  let chars = 0;
  const end = parts.findIndex((part, index) => (chars += part.length + 1) > maxChars && index > 0);
  return end < 0 ? parts.length : end;
}
