import { proveShim } from "../../../shim/local/ask-shim.ts";
import type { RunningShim } from "../../../shim/local/run-folder.ts";
import { probeWithinMs } from "../../../shim/limits.ts";
import type { ProbeResult } from "../../../shim/wake/prober.ts";
import { type Check, failure, type Finding, ok, warning } from "./check.ts";
import { wayWords } from "./way-words.ts";

/** Whether `name` is the agent's: whole, or without its machine. */
export const isCalled = (agent: string, name: string): boolean => agent === name || agent.endsWith(`/${name}`);

/** Has each shim probe the ways by which it could wake its agent, one agent after the other. */
export const proveWaking = (shims: readonly RunningShim[], wanted: string | undefined): Check => ({
  name: "wake",
  async *run() {
    if (shims.length === 0) return yield nobody(wanted);
    for (const shim of shims) yield* prove(shim);
  },
});

const nobody = (wanted: string | undefined): Finding =>
  failure(
    wanted === undefined
      ? "no agent here has the bridge's program beside it, so nothing can wake one"
      : `no agent here is called ${wanted}, with the bridge's program beside it`,
    "claude-bridge install, then start the session again",
  );

async function* prove(shim: RunningShim): AsyncGenerator<Finding, void, void> {
  const { agent } = shim;
  const missing: string[] = [];
  let tried = 0;
  try {
    for await (const result of proveShim(shim)) {
      if (result.result === "unavailable") missing.push(wayWords(result.way));
      else {
        tried += 1;
        yield finding(agent, result);
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return yield failure(`${agent} cannot be probed: ${reason}`, "start its session again");
  }
  if (tried > 0) return;
  const text = `${agent}: nothing is there to wake it (no ${missing.join(", no ")})`;
  yield warning(text, "claude-bridge install claude, then start the session again");
}

function finding(agent: string, { way: name, result, ms }: ProbeResult): Finding {
  const way = wayWords(name);
  if (result === "kept") return ok(`${agent}: ${way} was not probed; it works once, and stays for when it is needed`);
  if (result === "proved") {
    return ok(`${agent} wakes by ${way} (${ms === undefined ? "it is open" : `${(ms / 1000).toFixed(1)} s`})`);
  }
  return failure(
    `${agent}, ${way}: nothing in ${probeWithinMs / 1000} s`,
    "look at its terminal: it may be at work, or wait for a permission; otherwise start its session again",
  );
}
