import type { Credential } from "./choose-bridge.ts";
import { noBridge } from "./connection-failure.ts";
import { openFetch } from "./open-fetch.ts";
import { callOverHttp } from "./over-http.ts";

export interface RelayState {
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly messages: number;
  /** Of the request. */
  readonly tookMs: number;
}

/**
 * What a relay says of itself now, to whoever may read.
 *
 * @throws CommandError when nobody answers in time, it is no bridge, or it does not believe the credential.
 */
export async function askState({ url, token, certificate }: Credential, withinMs: number): Promise<RelayState> {
  const { fetch, close } = await openFetch(certificate);
  try {
    const before = performance.now();
    const call = { method: "GET", path: "/api/state", input: {}, withinMs } as const;
    const answer = (await callOverHttp({ url, token, fetch }, call)) as Readonly<Record<string, unknown>>;
    const { version, uptime_seconds: uptimeSeconds, total_messages: messages } = answer;
    if (typeof version !== "string") throw noBridge(url);
    const tookMs = Math.round(performance.now() - before);
    return { version, uptimeSeconds: Number(uptimeSeconds), messages: Number(messages), tookMs };
  } finally {
    await close();
  }
}
