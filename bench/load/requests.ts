import { writeNumber, stampOf } from "./stamp.ts";

/** The bytes of a request. */
export function get(path: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  return Buffer.from(head("GET", path, headers));
}

export function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Buffer {
  const text = JSON.stringify(body);
  const length = `${Buffer.byteLength(text)}`;
  return Buffer.from(
    `${head("POST", path, { "Content-Type": "application/json", "Content-Length": length, ...headers })}${text}`,
  );
}

function head(method: string, path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Host: "127.0.0.1", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** How long the text of every message is. */
export const contentLength = 300;

/** A send whose message says who sent it, which of theirs it is, and when it was due. */
export interface StampedSend {
  readonly bytes: Buffer;
  /** To be called when the answer to the one before has come: all sends share the bytes. */
  stamp(index: number, dueUs: number): Buffer;
}

export function stampedSend(channel: string, publisher: number): StampedSend {
  const content = stampOf(publisher).padEnd(contentLength, "x");
  const bytes = post("/api/send", { channel, sender: `writer-${publisher}`, content });
  const at = bytes.indexOf("#~");
  return {
    bytes,
    stamp(index, dueUs) {
      writeNumber(bytes, at + 5, 9, index);
      writeNumber(bytes, at + 14, 13, dueUs);
      return bytes;
    },
  };
}
