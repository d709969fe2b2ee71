import { z } from "zod";
import { type Reading, readContent } from "./envelope.ts";
import { previewLength } from "./limits.ts";
import type { Message } from "./message.ts";
import { isVerified, principalKinds } from "./principal.ts";
import { authorOf, ways } from "./provenance.ts";
import { formatTime } from "./time.ts";

/** What the bridge itself knows of the sender. Nothing in it but `label` is the sender's word. */
const provenance = z.object({
  verified: z.boolean().describe("False: sender is only what it calls itself"),
  kind: z.enum(principalKinds).describe("local and shared: nobody in particular"),
  principal: z.string().describe("The sender's stable id; names may change"),
  machine: z.string().optional().describe("The machine whose agent it is"),
  label: z.string().optional().describe("What it called itself, where the proven name does not say so"),
  author: z.enum(["human", "agent", "unknown"]),
  via: z.enum(ways).describe("The way it came in by"),
  hops: z.int().describe("How many messages it is away from one that answered none"),
});

/**
 * The one JSON shape of a message, on every face and every page. `ts`, `ts_full` and `timestamp` are the same
 * instant under the names that the original's clients read.
 */
export const wireMessage = z.object({
  seq: z.int().describe("Position in the bridge's log"),
  prev: z.int().describe("seq of the entry before it in its channel, 0 for the first"),
  id: z.string(),
  channel: z.string(),
  sender: z.string().describe("The proven name where there is one, else what the sender calls itself"),
  provenance,
  timestamp: z.string().describe("When the bridge accepted it, RFC 3339 UTC"),
  ts: z.string().describe("As timestamp"),
  ts_full: z.string().describe("As timestamp"),
  is_json: z.boolean(),
  encoding: z.enum(["legacy_text", "legacy_json", "structured", "unsupported", "invalid"]),
  preview: z.string().describe("The first 200 characters"),
  content: z.string().optional().describe("The text, byte for byte; left out of short listings"),
  message: z.record(z.string(), z.unknown()).optional().describe("The envelope, when there is one"),
  parse_warning: z.string().optional(),
});

export type WireMessage = z.output<typeof wireMessage>;

/** `row`: for a list. `text`: with the content. `parsed`: with the envelope taken out of it too. */
export type Detail = "row" | "text" | "parsed";

export function toWire(message: Message, detail: Detail, reading: Reading = readContent(message.content)): WireMessage {
  const { seq, prev, id, channel, sender, content, acceptedAt } = message;
  const timestamp = formatTime(acceptedAt);
  const { encoding } = reading;
  return {
    seq,
    prev,
    id,
    channel,
    sender,
    provenance: toWireProvenance(message),
    ...(detail === "row" ? {} : { content }),
    timestamp,
    ts: timestamp,
    ts_full: timestamp,
    is_json: encoding !== "legacy_text",
    preview: previewOf(content),
    encoding,
    ...(detail === "parsed" ? parsedPart(reading) : {}),
  };
}

function toWireProvenance({ sender, provenance: known }: Message): z.output<typeof provenance> {
  const { principal, kind, via, hops, label } = known;
  const machine = kind === "machine" ? sender.split("/", 1)[0] : undefined;
  return {
    verified: isVerified(known),
    kind,
    principal,
    ...(machine === undefined ? {} : { machine }),
    ...(label === undefined ? {} : { label }),
    author: authorOf(known),
    via,
    hops,
  };
}

function parsedPart(reading: Reading): Pick<WireMessage, "message" | "parse_warning"> {
  if (reading.encoding === "structured") return { message: reading.envelope };
  return "warning" in reading && reading.warning !== undefined ? { parse_warning: reading.warning } : {};
}

/** Counts code points, so that no pair is split. Every message of every page comes through here. */
function previewOf(content: string): string {
  let end = 0;
  for (let left = previewLength; left > 0 && end < content.length; left -= 1) {
    end += (content.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return end < content.length ? `${content.slice(0, end)}…` : content;
}
