import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { replacePrivateFile } from "../config/private-file.ts";
import type { Clock } from "../core/clock.ts";
import { isRole } from "../core/provenance.ts";
import { isAlive } from "./local/is-alive.ts";
import { maxSlots } from "./limits.ts";

/** The name of this session's agent below its machine, which the project's folder remembers. */
export interface AgentSlot {
  role(): string;
  /** Takes another name, for good. @throws RoleTaken, RangeError for what is no role. */
  setRole(role: string): Promise<void>;
}

/** Another session of the folder has this name just now. */
export class RoleTaken extends Error {
  override readonly name = "RoleTaken";
}

export interface SlotOptions {
  /** Of the machine's state. */
  readonly folder: string;
  readonly project: string;
  readonly pid: number;
  readonly clock: Clock;
}

interface Slot {
  readonly role: string;
  /** Whose it is, while that process lives. */
  readonly pid: number;
  readonly usedAt: number;
}

/**
 * The name that this folder's session had last, of those that no living session has: who comes back is who it was. The
 * first is called like the folder, the next beside it `-2`.
 */
export async function takeSlot(options: SlotOptions): Promise<AgentSlot> {
  const { project, pid, clock } = options;
  let role = await change(options, (slots) => {
    const free = slots.filter((slot) => !isHeld(slot, pid)).toSorted((a, b) => b.usedAt - a.usedAt);
    return free[0]?.role ?? firstFree(roleOf(project), slots);
  });

  async function change(
    { folder }: Pick<SlotOptions, "folder">,
    choose: (slots: readonly Slot[]) => string,
  ): Promise<string> {
    const path = join(folder, "agents", `${createHash("sha256").update(project).digest("hex").slice(0, 16)}.json`);
    return locked(path, () => {
      const slots = readSlots(path);
      const chosen = choose(slots);
      const others = slots.filter((slot) => slot.pid !== pid && slot.role !== chosen);
      const kept = others.toSorted((a, b) => b.usedAt - a.usedAt).slice(0, maxSlots - 1);
      const own = { role: chosen, pid, usedAt: clock.now() };
      replacePrivateFile(path, `${JSON.stringify({ v: 1, project, slots: [own, ...kept] })}\n`);
      return chosen;
    });
  }

  return {
    role: () => role,
    async setRole(wanted) {
      if (!isRole(wanted)) throw new RangeError("a role is one word of letters, digits and . _ @ + - , up to 64");
      role = await change(options, (slots) => {
        const holder = slots.find((slot) => slot.role === wanted && isHeld(slot, pid));
        if (holder !== undefined) throw new RoleTaken(`another session of this folder is ${wanted}`);
        return wanted;
      });
    },
  };
}

/** By a living process that is not ours. */
const isHeld = (slot: Slot, own: number) => slot.pid !== own && isAlive(slot.pid);

function firstFree(role: string, slots: readonly Slot[]): string {
  const taken = new Set(slots.map((slot) => slot.role));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? role : `${role}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** The folder's name, as far as a role can hold it; it leaves room for `-2`. */
export function roleOf(project: string): string {
  const words = basename(project)
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}._@+-]+/gu, "-")
    .replace(/^[^\p{L}\p{N}]+/u, "");
  const short = Array.from(words).slice(0, 30).join("").replace(/-+$/, "");
  return isRole(short) ? short : "agent";
}

function readSlots(path: string): readonly Slot[] {
  try {
    const { slots } = JSON.parse(readFileSync(path, "utf8")) as { slots: readonly Slot[] };
    return slots.filter(({ role, pid, usedAt }) => isRole(role) && Number.isInteger(pid) && Number.isFinite(usedAt));
  } catch {
    // Names are a convenience: without the file everybody gets a new one.
    return [];
  }
}

const lockPauseMs = 10;
const lockTries = 200;

/** Two sessions that start at once must not take one name. */
async function locked<T>(path: string, act: () => T): Promise<T> {
  const lock = `${path}.lock`;
  await mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
  for (let tries = 0; ; tries++) {
    try {
      closeSync(openSync(lock, "wx", 0o600));
      break;
    } catch (error) {
      // Whoever was killed while it had the lock has left it.
      if (tries >= lockTries) rmSync(lock, { force: true });
      if (tries > lockTries + 1) throw error;
      await sleep(lockPauseMs);
    }
  }
  try {
    return act();
  } finally {
    rmSync(lock, { force: true });
  }
}
