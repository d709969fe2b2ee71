import type { JoinedBridge } from "../../../config/bridges.ts";
import { systemClock } from "../../../core/clock.ts";
import { isLoopback } from "../../../serve/addresses.ts";
import { version } from "../../../version.ts";
import { CommandError } from "../command-error.ts";
import { noBridge } from "../connection-failure.ts";
import { openFetch } from "../open-fetch.ts";
import { callOverHttp } from "../over-http.ts";
import { type Check, doctorAnswerMs, failure, type Finding, ok, warning } from "./check.ts";

/** Bridges that this machine has joined: whether each is there, believes the credential, and has the same time. */
export const joined: Check = {
  name: "joined",
  async *run({ bridges: { known } }) {
    // All at once: one that is away costs its whole time.
    const examined = await Promise.all([...known].map(([name, bridge]) => examine(name, bridge)));
    yield* examined.flat();
  },
};

async function examine(name: string, bridge: JoinedBridge): Promise<readonly Finding[]> {
  const { url, token, certificate } = bridge;
  const { fetch, close } = await openFetch(certificate);
  const ask = (path: string, proof: string | undefined) =>
    callOverHttp({ url, token: proof, fetch }, { method: "GET", path, input: {}, withinMs: doctorAnswerMs });
  try {
    const before = systemClock.now();
    const status = (await ask("/status", undefined)) as Readonly<Record<string, unknown>>;
    const tookMs = systemClock.now() - before;
    if (status["service"] !== "claude-bridge") throw noBridge(url);
    await ask("/api/whoami", token);
    return [
      reached(name, bridge, String(status["version"]), tookMs),
      ...clock(name, status["server_time"], before, tookMs),
    ];
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [failure(`${name}: ${error.message}`, fixOf(error, url))];
  } finally {
    await close();
  }
}

function reached(name: string, { url, principal }: JoinedBridge, theirs: string, tookMs: number): Finding {
  const text = `${name} ${theirs} at ${url} (${tookMs} ms), where this machine is ${principal.name}`;
  const isSame = theirs.split(".", 2).join(".") === version.split(".", 2).join(".");
  return isSame ? ok(text) : warning(`${text}; this program is ${version}`, "use the same version on both sides");
}

function fixOf({ code, fix }: CommandError, url: string): string | undefined {
  const isHere = isLoopback(new URL(url).hostname);
  if (code === "unreachable" && isHere) return "claude-bridge up, in the folder of its database";
  if (code !== "unauthorized") return fix;
  if (isHere) return "claude-bridge up joins it anew, in the folder of its database";
  return `claude-bridge invite, on the bridge's machine, then here: claude-bridge join ${url}`;
}

/** Codes and credentials expire by the bridge's clock, and times are compared across machines. */
const farApartMs = 5000;

function* clock(name: string, serverTime: unknown, before: number, tookMs: number): Generator<Finding, void, void> {
  const theirs = typeof serverTime === "string" ? Date.parse(serverTime) : Number.NaN;
  if (Number.isNaN(theirs)) return;
  const apartMs = Math.abs(theirs - (before + tookMs / 2));
  const text = `clocks of ${name} and this machine are ${(apartMs / 1000).toFixed(1)} s apart`;
  yield apartMs < farApartMs ? ok(text) : warning(text, "set the clocks of both machines, such as with NTP");
}
