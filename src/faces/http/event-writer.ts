import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { maxUnreadEventBytes, streamStallMs } from "../../core/limits.ts";
import { type Chunk, lastChunk } from "./event-chunk.ts";
import { takeSocket } from "./event-socket.ts";
import type { Heartbeat } from "./heartbeat.ts";

export interface EventWriter {
  /** Hands bytes to the socket; false when the reader has more unread than it may, and should be left to drain. */
  write(chunk: Chunk): boolean;
  /** Resolves when the reader has read what was too much, or is gone. One that takes too long is cut off. */
  drained(): Promise<void>;
  end(): void;
  /** Writes one last event and ends, whatever else is being written. */
  endWith(last: Chunk): void;
  isGone(): boolean;
  /** Calls `listener` when the reader goes; returns the unsubscribe. */
  onGone(listener: () => void): () => void;
}

/** In milliseconds: how long a reader may read nothing of the last bytes of its stream. */
const lastWordsMs = 2_000;

/**
 * Opens an event stream on Node's own response: through a web stream each event costs ten times as much. The head
 * is sent at once; after it bytes that many streams share go to the socket as they are. Proxies are told not to
 * hold events back or compress them. Undefined when the reader is gone.
 */
export async function openEventWriter(
  response: ServerResponse,
  heartbeat: Heartbeat,
): Promise<EventWriter | undefined> {
  response.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    Connection: "close",
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  const { socket, chunkedEncoding: isChunked } = response;
  // Its connection has another answer open.
  if (socket === null) return void response.end();
  await takeSocket(response, socket);
  return socket.destroyed ? undefined : createWriter(socket, isChunked, heartbeat);
}

function createWriter(socket: Socket, isChunked: boolean, heartbeat: Heartbeat): EventWriter {
  // What the socket says, asked for with every event.
  let isGone = false;

  function write(chunk: Chunk): boolean {
    if (isGone) return true;
    socket.write(isChunked ? chunk.chunked : chunk.plain);
    return socket.writableLength <= maxUnreadEventBytes;
  }

  const unsubscribe = heartbeat.subscribe((ping) => {
    if (!socket.writableNeedDrain) write(ping);
  });
  socket.once("close", () => {
    unsubscribe();
    isGone = true;
  });

  function end(): void {
    unsubscribe();
    if (isGone) return;
    isGone = true;
    if (isChunked) socket.write(lastChunk);
    socket.destroySoon();
    socket.setTimeout(lastWordsMs, () => socket.destroy());
  }

  return {
    write,
    async drained() {
      if (isGone || !socket.writableNeedDrain) return;
      await new Promise<void>((resolve) => {
        const stalled = setTimeout(() => socket.destroy(), streamStallMs);
        const done = () => {
          clearTimeout(stalled);
          socket.off("drain", done).off("close", done);
          resolve();
        };
        socket.on("drain", done).on("close", done);
      });
    },
    end,
    endWith(last) {
      write(last);
      end();
    },
    isGone: () => isGone,
    onGone(listener) {
      socket.once("close", listener);
      return () => socket.off("close", listener);
    },
  };
}
