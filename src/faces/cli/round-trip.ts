import { CommandError } from "./command-error.ts";
import { noBridge } from "./connection-failure.ts";
import type { FoundBridge } from "./find-bridge.ts";
import { paths } from "../../operations/paths.ts";
import { callOverHttp } from "./over-http.ts";

/** A proxy in between that keeps back what is not finished would keep a stream's head for ever. */
const headWithinMs = 10_000;

/**
 * Shows that the new credential is believed and that a live stream comes through, in milliseconds. Leaves nothing on
 * the bridge.
 *
 * @throws CommandError
 */
export async function proveRoundTrip({ url, fetch }: FoundBridge, token: string): Promise<number> {
  const before = performance.now();
  const me = (await callOverHttp({ url, token, fetch }, { ...paths.whoami, input: {} })) as {
    readonly principal?: unknown;
    readonly permissions?: readonly string[];
  };
  const tookMs = Math.round(performance.now() - before);
  if (me.principal === undefined) throw noBridge(url);
  if (me.permissions?.includes("read") === true) await openStream(url, fetch, token);
  return tookMs;
}

async function openStream(url: string, ask: typeof fetch, token: string): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), headWithinMs);
  try {
    const headers = { authorization: `Bearer ${token}`, accept: "text/event-stream" };
    const response = await ask(`${url}/events?channels=*`, { headers, signal: stop.signal });
    if (response.ok) return;
    throw new CommandError("failure", `joined, but live streams do not come through (${response.status})`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError("timeout", "joined, but live streams do not come through", {
      fix: "switch off buffering in the proxy that is in between",
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}
