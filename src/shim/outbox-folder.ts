import { readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { replacePrivateFile } from "../config/private-file.ts";
import type { Clock } from "../core/clock.ts";
import { ToolRefusal } from "../faces/mcp/tool-host.ts";
import { maxQueued, maxQueuedBytes } from "./limits.ts";

/** What waits on this disk for one bridge: a file for each message, in the order of their names. */
export interface OutboxFolder {
  /** Resolves nothing: when it has returned, the message is on the disk. @throws ToolRefusal when there is no room. */
  put(message: Queued): string;
  /** The names of those that wait, oldest first. */
  waiting(): readonly string[];
  /** Undefined when another process has sent it meanwhile. */
  read(name: string): Queued | undefined;
  /** It was sent. */
  remove(name: string): void;
  /** It never will be: it is kept, with the reason. */
  refuse(name: string, reason: string): void;
  /** Those that were refused and of which this agent was not told yet; from now on it was. */
  takeRefusals(agent: string): readonly Refused[];
}

export interface Queued {
  /** Who sends it: the role that the header said. */
  readonly agent: string;
  /** Of `POST /api/send`, with an idempotency key, so that it is stored once however often it is sent. */
  readonly body: Readonly<Record<string, unknown>>;
  /** RFC 3339. */
  readonly at: string;
}

export interface Refused extends Queued {
  readonly reason: string;
}

const [waitingEnd, refusedEnd, toldEnd] = [".json", ".refused", ".told.refused"];

/** `folder` belongs to one bridge, and need not be there. */
export function openOutboxFolder(folder: string, clock: Clock): OutboxFolder {
  let last = 0;
  const at = (name: string) => join(folder, name);

  /** By name, which begins with the time; a clock that is set back does not put what is sent now before the rest. */
  function nextName(): string {
    const newest = Number(waiting().at(-1)?.split("-", 1)[0] ?? 0);
    last = Math.max(clock.now(), last + 1, newest + 1);
    return `${String(last).padStart(15, "0")}-${process.pid}${waitingEnd}`;
  }

  const waiting = () => namesIn(folder).filter((name) => name.endsWith(waitingEnd));

  return {
    put(message) {
      const text = `${JSON.stringify({ v: 1, ...message })}\n`;
      const names = waiting();
      const bytes = names.reduce((sum, name) => sum + sizeOf(at(name)), Buffer.byteLength(text));
      if (names.length >= maxQueued || bytes > maxQueuedBytes) {
        throw new ToolRefusal(
          `limit_reached: the bridge is away, and ${names.length} messages wait for it here already; nothing was kept of this one`,
        );
      }
      const name = nextName();
      replacePrivateFile(at(name), text);
      return name;
    },
    waiting,
    read: (name) => readMessage(at(name)),
    remove: (name) => rmSync(at(name), { force: true }),
    refuse(name, reason) {
      const message = readMessage(at(name));
      if (message === undefined) return;
      replacePrivateFile(at(name.replace(waitingEnd, refusedEnd)), `${JSON.stringify({ ...message, reason })}\n`);
      rmSync(at(name), { force: true });
    },
    takeRefusals(agent) {
      const names = namesIn(folder).filter((name) => name.endsWith(refusedEnd) && !name.endsWith(toldEnd));
      return names.flatMap((name) => {
        const message = readMessage(at(name)) as Refused | undefined;
        if (message?.agent !== agent) return [];
        renameSync(at(name), at(name.replace(refusedEnd, toldEnd)));
        return [message];
      });
    },
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    // Nothing was ever queued.
    return [];
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Undefined for a file that is gone, or holds no message. */
function readMessage(path: string): Queued | undefined {
  try {
    const message = JSON.parse(readFileSync(path, "utf8")) as Queued;
    return typeof message.agent === "string" && typeof message.body === "object" ? message : undefined;
  } catch {
    return undefined;
  }
}
