import type { ServerResponse } from "node:http";
import { maxUnreadEventBytes, streamStallMs } from "../../core/limits.ts";
import type { Chunk } from "./event-chunk.ts";
import type { Heartbeat } from "./heartbeat.ts";

export interface EventWriter {
  /** Hands bytes to the socket; false when the reader has more unread than it may, and should be left to drain. */
  write(chunk: Chunk): boolean;
  /** Resolves when the reader has read what was too much, or is gone. One that takes too long is cut off. */
  drained(): Promise<void>;
  end(): void;
  /** Writes one last event and ends, in the middle of whatever is being written. */
  endWith(last: Chunk): void;
  /** Aborts when the reader is gone. */
  readonly gone: AbortSignal;
}

/**
 * Opens an event stream on Node's own response: through a web stream each event costs ten times as much. The head
 * is sent at once; after it bytes that many streams share go to the socket as they are. Proxies are told not to
 * hold events back or compress them.
 */
export function openEventWriter(response: ServerResponse, heartbeat: Heartbeat): EventWriter {
  const gone = new AbortController();
  response.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    Connection: "keep-alive",
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  const { socket } = response;
  const isChunked = response.chunkedEncoding;
  // What the signal says, asked for with every event.
  let isGone = false;

  function write(chunk: Chunk): boolean {
    if (socket === null || isGone) return true;
    socket.write(isChunked ? chunk.chunked : chunk.plain);
    return socket.writableLength <= maxUnreadEventBytes;
  }

  const unsubscribe = heartbeat.subscribe((ping) => {
    if (socket?.writableNeedDrain === false) write(ping);
  });
  response.once("close", () => {
    unsubscribe();
    isGone = true;
    gone.abort();
  });
  if (socket === null || response.destroyed) gone.abort();

  function end(): void {
    unsubscribe();
    response.end();
  }

  return {
    gone: gone.signal,
    write,
    async drained() {
      if (socket === null || gone.signal.aborted || !socket.writableNeedDrain) return;
      await new Promise<void>((resolve) => {
        const stalled = setTimeout(() => socket.destroy(), streamStallMs);
        const done = () => {
          clearTimeout(stalled);
          socket.off("drain", done);
          gone.signal.removeEventListener("abort", done);
          resolve();
        };
        socket.on("drain", done);
        gone.signal.addEventListener("abort", done);
      });
    },
    end,
    endWith(last) {
      write(last);
      isGone = true;
      end();
      gone.abort();
    },
  };
}
