import type { z } from "zod";
import type { operations } from "../../operations/index.ts";
import { showMessages } from "./message-text.ts";
import { oneLine, quoteName, shortTime } from "./text.ts";

/** The result of each tool as text for a model to read. The first words of each line are the original's. */

type Output<Name extends keyof typeof operations> = z.output<(typeof operations)[Name]["output"]>;

const name = (channel: string) => `[${quoteName(channel)}]`;

export function renderSend({ channel, id, seq, timestamp, deduplicated }: Output<"send">): string {
  const head = deduplicated
    ? `✓ Already stored in ${name(channel)}: this idempotency_key was used, here is the first message`
    : `✓ Stored in ${name(channel)}`;
  const receipt = "  receipt: stored (on disk; that anybody has read it is not known)";
  return [head, `  id: ${id}`, `  seq: ${seq}`, `  time: ${timestamp}`, receipt].join("\n");
}

type Page = Output<"receive"> | Output<"wait">;
type Asked = {
  readonly since_id?: string | undefined;
  readonly consumer_id?: string | undefined;
  readonly max_chars: number;
};

export function renderReceive(page: Output<"receive">, asked: Asked): string {
  return renderPage(page, asked, name(page.channel), "bridge_receive");
}

export function renderWait(page: Output<"wait">, asked: Asked): string {
  const where = page.channel === undefined ? (page.channels ?? []).map(name).join(" ") : name(page.channel);
  if (page.timed_out) {
    return `${where} — nothing came in time. Nothing was missed: call bridge_wait again with the same cursor.`;
  }
  return renderPage(page, asked, where, "bridge_wait");
}

function renderPage(page: Page, asked: Asked, where: string, tool: string): string {
  const hasCursor = asked.since_id !== undefined || asked.consumer_id !== undefined;
  if (page.warning === "since_id_not_found") {
    return `${where} — since_id ${quoteName(asked.since_id ?? "")} not found (cursor stale: it was cleared, pruned, or is of another channel); call again without since_id, or with since_id=beginning`;
  }
  if (page.messages.length === 0)
    return [`${where} — no messages${hasCursor ? " after the cursor" : ""}`, ...noteOn(page)].join("\n");
  const { text, count } = showMessages(page.messages, asked.max_chars, hasCursor ? "oldest" : "newest");
  const left = page.remaining + page.messages.length - count;
  const last = hasCursor ? page.messages[count - 1] : page.messages.at(-1);
  const more = hasCursor
    ? `${left} more after these: ${nextCall(tool, asked, last?.id ?? "", last?.channel)}`
    : `${left} older not shown: bridge_receive with since_id=beginning reads from the first`;
  const end = left > 0 ? more : `End. To read on: since_id=${page.next_cursor ?? last?.id}`;
  return [`${where} — ${count} message(s)`, ...noteOn(page), text, "", end].join("\n");
}

function nextCall(tool: string, { consumer_id: consumer }: Asked, lastId: string, channel = ""): string {
  if (consumer === undefined) return `${tool} with since_id=${lastId}`;
  return `bridge_ack channel=${quoteName(channel)} message_id=${lastId}, then ${tool} again`;
}

function noteOn({ warning }: Page): string[] {
  if (warning === "channel_cleared")
    return ["Note: the channel was cleared after your cursor; what was there before is gone."];
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
    ...within(lines, maxChars, "channels"),
  ].join("\n");
}

export function renderPing({ version, channels, messages, server_time: time }: Output<"ping">): string {
  return `✓ Claude Bridge online\n  Version: ${version}\n  Channels: ${channels}\n  Messages: ${messages}\n  Server time: ${time}`;
}

export function renderClear({ channel, cleared }: Output<"clear">): string {
  return `Cleared ${cleared} message(s) from ${name(channel)}`;
}

export function renderStatus({ channels, remaining }: Output<"status">, { max_chars: maxChars }: Asked): string {
  if (channels.length === 0) return "No active channels.";
  const boxes = channels.map(({ channel, total, messages }) =>
    [
      `┌─ ${name(channel)} — ${total} total`,
      ...messages.flatMap(({ seq, sender, timestamp, preview }) => [
        `│  [${seq}] ${quoteName(sender)} @ ${shortTime(timestamp)}`,
        `│  ${oneLine(preview).slice(0, previewChars)}`,
      ]),
      `└${"─".repeat(40)}`,
    ].join("\n"),
  );
  const hidden = remaining > 0 ? [`${remaining} quieter channels not shown: bridge_channels lists them all`] : [];
  return [...within(boxes, maxChars, "channels"), ...hidden].join("\n");
}

const previewChars = 120;

/** The first parts that fit, at least one, and a line on the rest. */
function within(parts: readonly string[], maxChars: number, what: string): readonly string[] {
  let chars = 0;
  const end = parts.findIndex((part, index) => (chars += part.length + 1) > maxChars && index > 0);
  if (end < 0) return parts;
  return [...parts.slice(0, end), `${parts.length - end} more ${what}: call again with a larger max_chars`];
}
