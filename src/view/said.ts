import type { ReceivedMessage } from "../client/index.ts";
import { visible } from "../core/visible.ts";

/** What a message says, and what its envelope says of it. Raw: a face makes it harmless when it shows it. */
export interface Said {
  readonly type: string | undefined;
  readonly to: string | undefined;
  readonly thread: string | undefined;
  readonly replyTo: string | undefined;
  /** The text, or the JSON that stands in its place. */
  readonly body: unknown;
  /** Of an envelope with artifacts. */
  readonly artifacts: readonly unknown[];
  /** Of a question: quick answers. */
  readonly options: readonly string[];
}

type Told = Pick<ReceivedMessage, "content" | "isJson" | "envelope">;

/** The same for the same message: it is taken apart once, however often it is shown. */
export function saidBy(message: Told): Said {
  const known = taken.get(message);
  if (known !== undefined) return known;
  const said = take(message);
  taken.set(message, said);
  return said;
}

const taken = new WeakMap<Told, Said>();

function take(message: Told): Said {
  const envelope = envelopeOf(message);
  if (envelope === undefined) {
    return { ...nothingElse, body: message.isJson ? (parsed(message.content) ?? message.content) : message.content };
  }
  const { content, artifacts, metadata } = envelope;
  const options = isFields(metadata) ? metadata["options"] : undefined;
  return {
    type: textIn(envelope["type"]),
    to: textIn(envelope["recipient"]),
    thread: textIn(envelope["thread_id"]),
    replyTo: textIn(envelope["reply_to"]),
    body: content,
    artifacts: Array.isArray(artifacts) ? artifacts : [],
    options: Array.isArray(options) ? options.filter((option) => typeof option === "string") : [],
  };
}

const nothingElse = {
  type: undefined,
  to: undefined,
  thread: undefined,
  replyTo: undefined,
  artifacts: [],
  options: [],
} as const;

type Fields = Readonly<Record<string, unknown>>;

/** Streams leave it to their readers to take the envelope out of the text. */
export function envelopeOf({ content, isJson, envelope: known }: Told): Fields | undefined {
  const envelope: unknown = known ?? (isJson ? parsed(content) : undefined);
  return isFields(envelope) && envelope["schema_version"] === 1 ? envelope : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textIn = (value: unknown) => (typeof value === "string" ? value : undefined);

/** A few words of a body for one line or three: of a text the beginning, of JSON its keys with their values. */
export type Gist = { readonly text: string } | { readonly pairs: readonly (readonly [key: string, value: string])[] };

/** Enough for three lines of a wide screen. */
const gistLength = 400;
const gistPairs = 12;

export function gistOf(body: unknown): Gist {
  if (isFields(body)) {
    const pairs = Object.entries(body).slice(0, gistPairs);
    return { pairs: pairs.map(([key, value]) => [shown(key), shown(spelt(value))] as const) };
  }
  return { text: shown(spelt(body)) };
}

/** The gist as one text. */
export function gistText(gist: Gist): string {
  return "text" in gist ? gist.text : gist.pairs.map(([key, value]) => `${key} ${value}`).join("  ");
}

/** Values inside of values are told as words, too, as deep as a glance goes. */
const deepestTold = 3;

function spelt(value: unknown, depth = 0): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const members = Object.entries(value).slice(0, gistPairs);
  if (members.length === 0) return "none";
  if (depth >= deepestTold) return "…";
  const told = members.map(([key, member]) => (Array.isArray(value) ? "" : `${key} `) + spelt(member, depth + 1));
  return told.join(", ");
}

/** Cut first: a message may be long, and a list has many. */
const shown = (text: string): string => visible(text.slice(0, gistLength).trim());
