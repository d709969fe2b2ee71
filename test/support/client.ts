import type { RequestListener } from "node:http";
import { onTestFinished } from "vitest";
import { startStranger, type Stranger } from "./stranger.ts";

/** What tests of the typed client share. */

/** Tries again so soon that no test waits for it. */
export const quickly = { backoff: { firstMs: 1, mostMs: 5 } };

export const hello = { channel: "demo:a", content: "hello" };

/** A stranger for as long as the test runs. */
export async function stranger(...answers: readonly RequestListener[]): Promise<Stranger> {
  const started = await startStranger(...answers);
  onTestFinished(() => started.close());
  return started;
}

/** What the call fails with. */
export const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );
