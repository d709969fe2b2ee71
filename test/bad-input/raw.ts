import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * Writes the bytes on a bare socket, ends our half, and reads until the other side ends its own. `fetch` would
 * mend or refuse much of what is sent here.
 */
export async function exchange(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", allowHalfOpen: true });
  const chunks: Buffer[] = [];
  const closed = new Promise<void>((resolve) => {
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => socket.destroy());
    // A server that has refused may cut us off while we still write.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
  });
  socket.end(bytes);
  await closed;
  const text = Buffer.concat(chunks).toString();
  const [head = "", ...rest] = text.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), head, body: rest.join("\r\n\r\n") };
}

/** A request on `HTTP/1.1` that asks for the connection to end after it. */
export function request(line: string, headers: readonly string[] = [], body: string | Buffer = ""): Buffer {
  const head = [`${line} HTTP/1.1`, "Connection: close", ...headers, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]);
}
