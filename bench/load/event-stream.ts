import { openSocket } from "./connection.ts";
import { get } from "./requests.ts";
import { nowUs } from "./stamp.ts";

export interface EventStream {
  close(): void;
}

export interface EventStreamOptions {
  readonly port: number;
  readonly path: string;
  readonly lastEventId?: string | undefined;
  /** The frame's bytes, valid only while this runs, and when they were read. */
  readonly onFrame: (bytes: Buffer, start: number, end: number, readUs: number) => void;
  /** The server has ended the stream. */
  readonly onEnd: () => void;
}

/** A server that has no more files to open leaves a connection unanswered. */
const headPatienceMs = 20_000;

/** Resolves when the stream's head has come. Frames are found without making strings of them. */
export async function openEventStream({
  port,
  path,
  lastEventId,
  onFrame,
  onEnd,
}: EventStreamOptions): Promise<EventStream> {
  const frames = createFrames(onFrame);
  const chunks = createChunks(frames.feed);
  const opened = Promise.withResolvers<void>();
  let head: Buffer | undefined = Buffer.alloc(0);

  function read(bytes: Buffer): void {
    if (head === undefined) return chunks(bytes, 0, nowUs());
    head = Buffer.concat([head, bytes]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    const [whole, status] = [head, head.toString("latin1", 9, 12)];
    head = undefined;
    if (status === "200") opened.resolve();
    else opened.reject(new Error(`stream refused with ${whole.toString()}`));
    chunks(whole, end + 4, nowUs());
  }

  const socket = await openSocket(port, read);
  let isClosed = false;
  socket.once("close", () => {
    opened.reject(new Error("stream ended before its head"));
    if (!isClosed && head === undefined) onEnd();
  });
  socket.write(
    get(path, { Accept: "text/event-stream", ...(lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId }) }),
  );
  const unanswered = setTimeout(() => opened.reject(new Error("no answer to a stream's request")), headPatienceMs);
  await opened.promise.finally(() => clearTimeout(unanswered));
  return {
    close() {
      isClosed = true;
      socket.destroy();
    },
  };
}

type Feed = (bytes: Buffer, start: number, end: number, readUs: number) => void;

/** Takes the chunked transfer coding away. Chunks may be cut anywhere. */
function createChunks(feed: Feed) {
  let size = 0;
  let left = 0;
  let hasDigit = false;
  return (bytes: Buffer, from: number, readUs: number): void => {
    let at = from;
    while (at < bytes.length) {
      if (left > 0) {
        const end = Math.min(at + left, bytes.length);
        feed(bytes, at, end, readUs);
        left -= end - at;
        at = end;
        continue;
      }
      const byte = bytes[at++] ?? 0;
      if (byte === 10 && hasDigit) {
        left = size;
        size = 0;
        hasDigit = false;
      } else if (byte > 32) {
        size = size * 16 + (byte < 58 ? byte - 48 : (byte | 32) - 87);
        hasDigit = true;
      }
    }
  };
}

/** Cuts the stream into frames. One frame is nearly always as long as the last, so its end need not be searched. */
function createFrames(onFrame: Feed): { readonly feed: Feed } {
  let held: Buffer | undefined;
  let length = 0;
  return {
    feed(chunk, from, to, readUs) {
      const bytes = held === undefined ? chunk : Buffer.concat([held, chunk.subarray(from, to)]);
      let start = held === undefined ? from : 0;
      const limit = held === undefined ? to : bytes.length;
      held = undefined;
      while (start < limit) {
        const end =
          endsAt(bytes, start + length) && start + length <= limit
            ? start + length
            : bytes.indexOf("\r\n\r\n", start) + 4;
        if (end < 4 || end > limit) break;
        length = end - start;
        onFrame(bytes, start, end, readUs);
        start = end;
      }
      if (start < limit) held = Buffer.from(bytes.subarray(start, limit));
    },
  };
}

const endsAt = (bytes: Buffer, end: number) =>
  bytes[end - 1] === 10 && bytes[end - 2] === 13 && bytes[end - 3] === 10 && bytes[end - 4] === 13;
