import type { ReceivedMessage } from "../../../client/index.ts";
import { visible } from "../../../core/visible.ts";
import { localTimeToSeconds } from "../times.ts";
import { visibleOnLine } from "../visible-on-line.ts";

/** What a message says, and what its envelope says of it. */
export interface Words {
  readonly text: string;
  readonly type: string | undefined;
  readonly to: string | undefined;
  readonly thread: string | undefined;
  readonly replyTo: string | undefined;
}

type Told = Pick<ReceivedMessage, "content" | "isJson" | "envelope">;

export function wordsOf(message: Told): Words {
  const envelope = envelopeOf(message);
  if (envelope === undefined) {
    return { text: message.content, type: undefined, to: undefined, thread: undefined, replyTo: undefined };
  }
  const { content } = envelope;
  return {
    text: typeof content === "string" ? content : JSON.stringify(content),
    type: textIn(envelope["type"]),
    to: textIn(envelope["recipient"]),
    thread: textIn(envelope["thread_id"]),
    replyTo: textIn(envelope["reply_to"]),
  };
}

type EnvelopeFields = Readonly<Record<string, unknown>>;

/** Streams leave it to their readers to take the envelope out of the text. */
export function envelopeOf({ content, isJson, envelope: known }: Told): EnvelopeFields | undefined {
  const envelope: unknown = known ?? (isJson ? parse(content) : undefined);
  return isEnvelope(envelope) ? envelope : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isEnvelope = (value: unknown): value is EnvelopeFields =>
  typeof value === "object" && value !== null && "schema_version" in value && value.schema_version === 1;

const textIn = (value: unknown) => (typeof value === "string" ? value : undefined);

/** The end of an id tells messages of one bridge apart. */
const shortId = (id: string): string => id.slice(-shortIdLength);
const shortIdLength = 6;

/** For people. What goes over several lines is set in, so that no text can look like the next message. */
export function toLines(message: ReceivedMessage): string {
  const { id, channel, sender, acceptedAt } = message;
  const { text, type, to } = wordsOf(message);
  const who = `${visibleOnLine(sender)}${to === undefined ? "" : ` → ${visibleOnLine(to)}`}`;
  const kind = type === undefined || type === "message" ? "" : ` (${visibleOnLine(type)})`;
  const head = `${localTimeToSeconds(acceptedAt)}  ${shownId(id)}  ${visibleOnLine(channel)}  ${who}${kind}: `;
  return head + setIn(text);
}

/** An imported id may be any text. */
export const shownId = (id: string): string => visibleOnLine(shortId(id));

/** With nothing in it that a terminal would obey. */
export const setIn = (text: string): string => visible(text).trimEnd().replaceAll("\n", "\n    ");
