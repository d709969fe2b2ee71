import type { Receipt, ReceivedMessage } from "../../src/client/index.ts";
import type { ReceiptState } from "../../src/core/receipt.ts";
import type { MessageRow } from "../../src/view/live/rows.ts";

/** When the first message of a made-up list was said. */
export const begin = new Date(2026, 10, 22, 10, 42).getTime();

export interface Line {
  readonly from: string;
  readonly to?: string;
  readonly text?: unknown;
  readonly type?: string;
  readonly thread?: string;
  readonly replyTo?: string;
  /** How far it got with whom it is for; stored unless told. Without one nobody has heard of it. */
  readonly state?: ReceiptState | undefined;
  /** Seconds after the first; a second after the one before unless told. */
  readonly at?: number;
}

/** Rows of a list as a stream would bring them; the id of the first is `m1`. */
export function rowsOf(lines: readonly Line[]): readonly MessageRow[] {
  let at = begin - 1000;
  return lines.map((line, index) => {
    at = line.at === undefined ? at + 1000 : begin + line.at * 1000;
    return rowOf(line, index + 1, at);
  });
}

function rowOf({ from, to, text = "hello", type, thread, replyTo, state = "stored" }: Line, seq: number, at: number) {
  const key = `m${seq}`;
  const isPlain = [to, type, thread, replyTo].every((word) => word === undefined) && typeof text === "string";
  const envelope = { schema_version: 1, type: type ?? "message", content: text, recipient: to };
  const content = isPlain ? text : JSON.stringify({ ...envelope, thread_id: thread, reply_to: replyTo });
  const message = { kind: "message", id: key, seq, prev: seq - 1, channel: "payments:worker", sender: from };
  const receipt = { messageId: key, agent: to, state, why: "addressed", at: { stored: at, [state]: at + 500 } };
  const receipts = to === undefined ? [] : [receipt as unknown as Receipt];
  const provenance = { principal: "local", kind: "local", via: "http", hops: 0 };
  const whole = { ...message, provenance, acceptedAt: at, content, preview: content, isJson: !isPlain };
  return { kind: "message", key, message: whole as unknown as ReceivedMessage, receipts } satisfies MessageRow;
}

/** Names and texts that want to be something else. */
export const hostile = [
  "a\u202eb",
  "\u001b[2J\u0007",
  "x:[/y]",
  "</text><script>alert(1)</script>",
  "end",
  "a->>b: c\nNote over a: d;%% #quot;",
  "```\n```",
  '"><img src=x onerror=alert(1)>',
  "\ud800",
  " ",
] as const;
