import { connect, type Socket } from "node:net";

/** One kept-alive HTTP connection that has one request under way at a time. */
export interface Connection {
  /** `onAnswer` gets a body that is valid only while it runs. */
  ask(request: Uint8Array, onAnswer: (status: number, body: Buffer) => void): void;
  close(): void;
}

/** All connections of the process read into it: a read is over when its callback returns. */
const readBuffer = Buffer.allocUnsafeSlow(262_144);

/** A client that does no more than it has to, so that it is not what is measured. */
export async function openConnection(port: number): Promise<Connection> {
  let waiting: ((status: number, body: Buffer) => void) | undefined;
  let held: Buffer | undefined;

  function read(chunk: Buffer): void {
    const data = held === undefined ? chunk : Buffer.concat([held, chunk]);
    const answer = parse(data);
    held = answer === undefined ? Buffer.from(data) : undefined;
    if (answer === undefined) return;
    const done = waiting;
    waiting = undefined;
    done?.(answer.status, answer.body);
  }

  const socket = await openSocket(port, read);
  return {
    ask(request, onAnswer) {
      waiting = onAnswer;
      socket.write(request);
    },
    close: () => socket.destroy(),
  };
}

/** A socket whose bytes are handed to `onBytes` where they lie, to be copied by whoever wants to keep them. */
export function openSocket(port: number, onBytes: (bytes: Buffer) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: "127.0.0.1",
      port,
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback(length) {
          onBytes(readBuffer.subarray(0, length));
          return true;
        },
      },
    });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });
}

export async function openConnections(port: number, count: number): Promise<readonly Connection[]> {
  return Promise.all(Array.from({ length: count }, () => openConnection(port)));
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** The answer, once it is there whole. */
function parse(data: Buffer): Answer | undefined {
  const headEnd = data.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = data.toString("latin1", 0, headEnd);
  const status = Number(head.slice(9, 12));
  const body = data.subarray(headEnd + 4);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length < Number(length) ? undefined : { status, body };
  // Chunked: as there is one answer at a time, it ends with what has arrived.
  return body.toString("latin1", body.length - 7) === "\r\n0\r\n\r\n" ? { status, body } : undefined;
}
