/** Bytes that are ready for any number of sockets: written once, shared by all. */
export interface Chunk {
  /** With the framing of HTTP/1.1's chunked encoding around it (RFC 9112, section 7.1). */
  readonly chunked: Buffer;
  /** The bytes alone, for a client of HTTP/1.0. */
  readonly plain: Buffer;
}

export function toChunk(parts: readonly Buffer[]): Chunk {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.from(`${length.toString(16)}\r\n`, "latin1");
  const chunked = Buffer.concat([head, ...parts, lineEnd], head.length + length + lineEnd.length);
  return { chunked, plain: chunked.subarray(head.length, head.length + length) };
}

const lineEnd = Buffer.from("\r\n", "latin1");

/** Frames are ASCII: everything else is escaped in them. */
export const textChunk = (text: string): Chunk => toChunk([Buffer.from(text, "latin1")]);

/** What ends a chunked answer. */
export const lastChunk = Buffer.from("0\r\n\r\n", "latin1");
