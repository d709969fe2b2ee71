import type { ReceivedAgent, Timer } from "../../../src/client/index.ts";
import type { Batch, Source } from "../../../src/view/live/source.ts";

/** What a tab says to the worker that has the stream: that it is still there, that it goes, or to try again now. */
export type Ask = "here" | "leave" | "retry";

/** What the worker says: what came, or that the tab was taken for gone and has missed what came since. */
export type Told = Batch | "missed";

/** A tab says so often that it is there. Browsers let one in the background speak once a minute only. */
export const hereEveryMs = 10_000;

/** A tab that was ended, and had no time to say so, must not keep the stream open for ever. Three of such minutes. */
export const silentMs = 180_000;

/** As far as it matters here, one end of what ties a tab to the worker. */
export interface Port {
  postMessage(told: Told): void;
  /** `close` is told by some browsers only, when the other end is gone. */
  addEventListener(type: "message" | "close", listener: (event: { readonly data?: unknown }) => void): void;
  start(): void;
}

/** A stream that several tabs have: opened with the first, closed with the last. */
export interface Sharing {
  join(port: Port): void;
}

export function createSharing(source: Source, timer: Timer): Sharing {
  const leaving = new Map<Port, () => void>();
  let agents = new Map<string, ReceivedAgent>();
  let last: Batch = { connection: { kind: "connecting" }, entries: [] };
  let close: (() => void) | undefined;

  function take(batch: Batch): void {
    last = batch;
    for (const entry of batch.entries) if (entry.kind === "agent") agents.set(entry.name, entry);
    for (const port of leaving.keys()) port.postMessage(batch);
  }

  function open(): void {
    close?.();
    agents = new Map();
    close = source.open(take);
  }

  function leave(port: Port): void {
    leaving.get(port)?.();
    if (!leaving.delete(port) || leaving.size > 0) return;
    close?.();
    close = undefined;
  }

  function stay(port: Port): void {
    leaving.get(port)?.();
    leaving.set(
      port,
      timer(silentMs, () => leave(port)),
    );
  }

  function hear(port: Port, said: Ask): void {
    if (said === "leave") return leave(port);
    if (!leaving.has(port)) return port.postMessage("missed");
    stay(port);
    if (said === "retry") source.retryNow();
  }

  return {
    join(port) {
      port.addEventListener("message", ({ data }) => hear(port, data as Ask));
      port.addEventListener("close", () => leave(port));
      port.start();
      stay(port);
      // A stream that has ended was of somebody who is signed out, or may not read.
      if (close === undefined || last.connection.kind === "ended") open();
      // Who is there is told when a stream begins, and this one had it told before.
      else port.postMessage({ connection: last.connection, entries: [...agents.values()] });
    },
  };
}
