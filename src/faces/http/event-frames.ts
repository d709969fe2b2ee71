import type { Cleared, Entry, Message, Restored } from "../../core/message.ts";
import { formatTime } from "../../core/time.ts";
import { toWire } from "../../core/wire.ts";

/**
 * The frames of the live event stream, byte for byte as the original writes them: CRLF, `field: value` with one
 * blank, one data line of ASCII JSON with blanks after commas and colons, in the order id, event, data. Its
 * Python client reads only that.
 */
export function entryFrame(entry: Entry): string {
  switch (entry.kind) {
    case "cleared":
      return frame("clear", { channel: entry.channel, cleared: entry.count, ...placeOf(entry) });
    case "restored":
      return frame("restore", { channel: entry.channel, restored: entry.count, ...placeOf(entry) });
    case "message":
      return messageFrame(entry);
  }
}

function messageFrame(entry: Message): string {
  const { encoding: _encoding, ts_full: _full, ...row } = toWire(entry, "text");
  return frame("message", row, entry.id);
}

/** No `id` line, which the original does not write either: who wants to resume from here finds the id in the data. */
function placeOf({ seq, prev, id, acceptedAt, by }: Cleared | Restored): Record<string, unknown> {
  return { seq, prev, id, timestamp: formatTime(acceptedAt), ...(by === undefined ? {} : { by }) };
}

export function frame(event: string, data: Record<string, unknown>, id?: string): string {
  const idLine = id === undefined ? "" : `id: ${id}\r\n`;
  return `${idLine}event: ${event}\r\ndata: ${spacedJson(data)}\r\n\r\n`;
}

/** A comment, which readers skip: it keeps proxies from cutting an idle stream. */
export function pingFrame(now: number): string {
  const iso = new Date(now).toISOString();
  return `: ping - ${iso.slice(0, 10)} ${iso.slice(11, 23)}000+00:00\r\n\r\n`;
}

/** One level of JSON as Python's `json.dumps` spells it. */
function spacedJson(data: Record<string, unknown>): string {
  const members = Object.entries(data).map(([key, value]) => `${ascii(key)}: ${ascii(value)}`);
  return `{${members.join(", ")}}`;
}

const ascii = (value: unknown) =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
