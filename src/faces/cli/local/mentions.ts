import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { replacePrivateFile } from "../../../config/private-file.ts";
import { systemClock } from "../../../core/clock.ts";

/** What hooks have mentioned to a session. Each of them is a process of its own, so it stands in a file. */
export interface Mentions {
  readonly ids: readonly string[];
  /** How often in a row the end of a turn was held up. */
  readonly streak: number;
}

/** Of the latest; what was mentioned before has long been read, or is older than what is asked for. */
const maxIds = 500;
/** A session that has ended says so to nobody. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

export function openMentions(stateFolder: string, session: string) {
  const folder = join(stateFolder, "mentions");
  // What a client calls its session is no name for a file.
  const path = join(folder, `${createHash("sha256").update(session).digest("hex").slice(0, 24)}.json`);
  return {
    read: (): Mentions => parse(readText(path)),
    write({ ids, streak }: Mentions): void {
      sweep(folder);
      replacePrivateFile(path, JSON.stringify({ v: 1, ids: ids.slice(-maxIds), streak }));
    },
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "{}";
  }
}

function parse(text: string): Mentions {
  try {
    const { ids, streak } = JSON.parse(text) as Record<string, unknown>;
    return {
      ids: Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [],
      streak: typeof streak === "number" ? streak : 0,
    };
  } catch {
    return { ids: [], streak: 0 };
  }
}

function sweep(folder: string): void {
  const before = systemClock.now() - keptMs;
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).mtimeMs < before) rmSync(path, { force: true });
    }
  } catch {
    // There is no folder yet, or another hook sweeps it too.
  }
}
