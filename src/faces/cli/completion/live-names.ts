import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isReadableByOthers, replacePrivateFile } from "../../../config/private-file.ts";
import type { Config } from "../../../config.ts";
import { systemClock } from "../../../core/clock.ts";
import { withReader } from "../verbs/with-client.ts";

/** What there is to be named on the bridge. */
export interface LiveNames {
  readonly channels: readonly string[];
  readonly agents: readonly string[];
}

const freshMs = 2000;
/** Whoever presses Tab waits no longer. */
const answerMs = 700;
const mostNames = 500;
/** Names that no shell makes anything else of. Others can be typed. */
const plain = /^[\p{L}\p{N}_@][\p{L}\p{N}_:@./+-]*$/u;

const none: LiveNames = { channels: [], agents: [] };

/** From the bridge, or as it said within the last two seconds; none when it does not answer. */
export async function liveNames(config: Config): Promise<LiveNames> {
  const path = join(config.client.stateFolder, "completion.json");
  // Another folder, or another bridge, has other names.
  const { url, bridge } = config.client;
  const key = JSON.stringify([config.db, url, bridge]);
  const kept = readKept(path, key);
  if (kept !== undefined) return kept;
  try {
    const names = await withReader(config, async (client) => {
      const options = { signal: AbortSignal.timeout(answerMs), patienceMs: 0 };
      const [{ channels }, agents] = await Promise.all([client.channels(options), client.agents(options)]);
      return {
        channels: channels.map(({ channel }) => channel).filter(isPlain),
        agents: agents.map(({ name }) => name).filter(isPlain),
      };
    });
    const few = { channels: names.channels.slice(0, mostNames), agents: names.agents.slice(0, mostNames) };
    replacePrivateFile(path, `${JSON.stringify({ at: systemClock.now(), key, ...few })}\n`);
    return few;
  } catch {
    // Nobody asked for an error in the middle of a line.
    return none;
  }
}

const isPlain = (name: string) => plain.test(name);

function readKept(path: string, key: string): LiveNames | undefined {
  try {
    if (isReadableByOthers(path)) return undefined;
    const kept = JSON.parse(readFileSync(path, "utf8")) as LiveNames & { readonly at: number; readonly key: string };
    const age = systemClock.now() - kept.at;
    return kept.key === key && age >= 0 && age < freshMs ? kept : undefined;
  } catch {
    return undefined;
  }
}
