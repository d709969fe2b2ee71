import type { ReceivedAgent } from "../../../src/client/index.ts";
import type { Batch, Source } from "../../../src/view/live/source.ts";

/** What a tab says to the worker that has the stream. */
export type Ask = "leave" | "again";

/** A stream that several tabs have: opened with the first, closed with the last. */
export interface Sharing {
  join(port: MessagePort): void;
}

export function createSharing(source: Source): Sharing {
  const ports = new Set<MessagePort>();
  let agents = new Map<string, ReceivedAgent>();
  let last: Batch = { connection: { kind: "connecting" }, entries: [] };
  let close: (() => void) | undefined;

  function take(batch: Batch): void {
    last = batch;
    for (const entry of batch.entries) if (entry.kind === "agent") agents.set(entry.name, entry);
    for (const port of ports) port.postMessage(batch);
  }

  function open(): void {
    close?.();
    agents = new Map();
    close = source.open(take);
  }

  function leave(port: MessagePort): void {
    ports.delete(port);
    if (ports.size > 0) return;
    close?.();
    close = undefined;
  }

  return {
    join(port) {
      port.addEventListener("message", ({ data }: MessageEvent<Ask>) => (data === "leave" ? leave(port) : open()));
      port.start();
      ports.add(port);
      if (close === undefined) open();
      // Who is there is told when a stream begins, and this one had it told before.
      else port.postMessage({ connection: last.connection, entries: [...agents.values()] } satisfies Batch);
    },
  };
}
