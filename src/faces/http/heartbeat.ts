import type { Clock } from "../../core/clock.ts";
import { type Chunk, textChunk } from "./event-chunk.ts";
import { pingFrame } from "./event-frames.ts";

/** Under the 30 s after which common proxies cut a silent connection. */
const heartbeatMs = 15_000;

/** One timer for all streams: thousands of idle readers must not mean thousands of timers. */
export interface Heartbeat {
  subscribe(beat: (ping: Chunk) => void): () => void;
  close(): void;
}

export function createHeartbeat(clock: Clock): Heartbeat {
  const beats = new Set<(ping: Chunk) => void>();
  const timer = setInterval(() => {
    const ping = textChunk(pingFrame(clock.now()));
    for (const beat of beats) beat(ping);
  }, heartbeatMs).unref();
  return {
    subscribe(beat) {
      beats.add(beat);
      return () => beats.delete(beat);
    },
    close() {
      clearInterval(timer);
      beats.clear();
    },
  };
}
