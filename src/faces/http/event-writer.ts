import type { ServerResponse } from "node:http";
import { streamStallMs } from "../../core/limits.ts";
import type { Heartbeat } from "./heartbeat.ts";

export interface EventWriter {
  /** Resolves when the reader can take more; a slow reader so holds back its own reading of the log only. */
  write(text: string): Promise<void>;
  end(): void;
  /** Aborts when the reader is gone or has stalled. */
  readonly gone: AbortSignal;
}

/**
 * Opens an event stream on Node's own response: through a web stream each event costs ten times as much. The
 * head is sent at once. Proxies are told not to hold events back or compress them.
 */
export function openEventWriter(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  heartbeat: Heartbeat,
): EventWriter {
  const gone = new AbortController();
  response.writeHead(200, {
    ...headers,
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    Connection: "keep-alive",
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  const unsubscribe = heartbeat.subscribe((ping) => {
    if (!response.writableNeedDrain) response.write(ping);
  });
  response.once("close", () => {
    unsubscribe();
    gone.abort();
  });
  if (response.destroyed) gone.abort();

  return {
    gone: gone.signal,
    async write(text) {
      if (gone.signal.aborted || response.write(text)) return;
      await drained(response, gone.signal);
    },
    end() {
      unsubscribe();
      response.end();
    },
  };
}

async function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const stalled = setTimeout(() => response.destroy(), streamStallMs);
    const done = () => {
      clearTimeout(stalled);
      response.off("drain", done);
      gone.removeEventListener("abort", done);
      resolve();
    };
    response.on("drain", done);
    gone.addEventListener("abort", done);
  });
}
