import { createHistogram, type Histogram } from "../measure/histogram.ts";
import type { Connection } from "./connection.ts";
import { nowUs } from "./stamp.ts";

export interface Loop {
  readonly perSecond: number;
  readonly answered: number;
  readonly latency: Histogram;
}

/** The next request of a connection, made when it is sent. */
export type NextRequest = (connection: number, nowUs: number) => Uint8Array;

/**
 * Every connection sends its next request when it has the answer to the one before. Latency is that of requests
 * under this load, counted from when they were written. Whatever was begun is waited for.
 *
 * @throws Error for an answer that is no success.
 */
export async function closedLoop(
  connections: readonly Connection[],
  seconds: number,
  next: NextRequest,
): Promise<Loop> {
  const latency = createHistogram();
  const begun = nowUs();
  const end = begun + seconds * 1e6;
  await Promise.all(
    connections.map(
      (connection, index) =>
        new Promise<void>((resolve, reject) => {
          let sentAt = nowUs();
          const ask = () => connection.ask(next(index, sentAt), answered);
          const answered = (status: number, body: Buffer) => {
            const now = nowUs();
            if (status >= 300) return reject(new Error(`answered ${status}: ${body.toString()}`));
            latency.add(now - sentAt);
            if (now >= end) return resolve();
            sentAt = now;
            ask();
          };
          ask();
        }),
    ),
  );
  return { perSecond: latency.count / ((nowUs() - begun) / 1e6), answered: latency.count, latency };
}
