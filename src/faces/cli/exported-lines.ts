import { CommandError } from "./command-error.ts";
import type { ForeignMessage } from "../../stores/import-messages.ts";

/** No message of any bridge is longer, however its JSON is spelt; who sends more has not sent messages. */
const maxLineBytes = 16 * 1024 * 1024;
const lineEnd = 10;

/**
 * The messages that `export --format jsonl` has written, or `sub --json`; what a channel has beside messages, such as
 * clears, is passed over.
 *
 * @throws CommandError `invalid_input`, with the number of the line that is none of an export.
 */
export async function* exportedMessages(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ForeignMessage> {
  let number = 0;
  for await (const line of linesOf(bytes)) {
    number += 1;
    const fields = fieldsOf(line, number);
    if (fields !== undefined) yield messageOf(fields, number);
  }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(lineEnd); end >= 0; end = chunk.indexOf(lineEnd, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]);
      [parts, length, from] = [[], 0, end + 1];
    }
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > maxLineBytes) throw new CommandError("invalid_input", `a line has more than ${maxLineBytes} bytes`);
  }
  if (length > 0) yield Buffer.concat(parts);
}

type Fields = Readonly<Record<string, unknown>>;

/** Undefined for a line without a message. */
function fieldsOf(line: Buffer, number: number): Fields | undefined {
  const text = textOf(line, number);
  if (text.trim() === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandError("invalid_input", `line ${number} is no JSON`, { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw noMessage(number, "is no object");
  const fields = value as Fields;
  return fields["kind"] === undefined || fields["kind"] === "message" ? fields : undefined;
}

function textOf(line: Buffer, number: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(line);
  } catch (error) {
    throw new CommandError("invalid_input", `line ${number} is not UTF-8`, { cause: error });
  }
}

function messageOf(fields: Fields, number: number): ForeignMessage {
  const text = (name: string): string => {
    const value = fields[name];
    if (typeof value !== "string" || value === "") throw noMessage(number, `has no ${name}`);
    if (!value.isWellFormed()) throw noMessage(number, `has halves of characters in its ${name}`);
    return value;
  };
  const timestamp = text("timestamp");
  if (Number.isNaN(Date.parse(timestamp))) throw noMessage(number, "has a timestamp that is no time");
  return { id: text("id"), channel: text("channel"), sender: text("sender"), timestamp, content: text("content") };
}

const noMessage = (number: number, why: string) =>
  new CommandError("invalid_input", `line ${number} is no message of an export: it ${why}`, {
    fix: "take what claude-bridge export --format jsonl writes",
  });
