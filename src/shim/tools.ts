import { randomUUID } from "node:crypto";
import type { Caller } from "../core/bridge.ts";
import type { Operation } from "../core/operation.ts";
import type { ToolHost } from "../faces/mcp/tool-host.ts";
import type { Link } from "./link.ts";
import type { OpenWaits } from "./open-waits.ts";
import type { Outbox } from "./outbox.ts";
import { callRemote, refusalOf } from "./remote-call.ts";
import type { Unread } from "./unread.ts";
import type { WhoAmI } from "./who-am-i.ts";
import { waitForMail } from "./wait-for-mail.ts";
import { unreadLine } from "../faces/mcp/unread-words.ts";

export interface ShimToolsParts {
  readonly version: string;
  readonly link: Link;
  readonly outbox: Outbox;
  readonly unread: Unread;
  readonly waits: OpenWaits;
  readonly whoAmI: WhoAmI;
  /** The agent's name below its machine. */
  readonly role: () => string;
  /** The agent calls this tool. */
  readonly onCall: (tool: string) => void;
}

type Fields = Readonly<Record<string, unknown>>;

/** The tools of the bridge, over the network: the same names, the same texts, and what to do while it is away. */
export function createShimTools(parts: ShimToolsParts): ToolHost {
  const { version, link, outbox, unread, waits, whoAmI, role, onCall } = parts;
  /** What a line has told of. */
  const mentioned = new Set<string>();

  async function wait(operation: Operation, input: Fields, signal: AbortSignal): Promise<unknown> {
    const leave = waits.enter([input["channel"] ?? [], input["channels"] ?? []].flat().map(String));
    try {
      return await callRemote(link, operation, input, signal);
    } finally {
      leave();
    }
  }

  async function inbox(operation: Operation, input: Fields, signal: AbortSignal): Promise<unknown> {
    const { wait_seconds: waitSeconds, limit } = input;
    if (typeof waitSeconds !== "number") return callRemote(link, operation, input, signal);
    // Whatever comes for the agent ends it, wherever it is.
    const leave = waits.enter(["*"]);
    try {
      return await waitForMail(link, waitSeconds, limit, signal);
    } finally {
      leave();
    }
  }

  function unreadNote(carried: readonly string[]): readonly string[] {
    for (const id of mentioned) if (!unread.has(id)) mentioned.delete(id);
    const left = unread.all().filter(({ id, isQuiet }) => !isQuiet && !carried.includes(id));
    if (left.every(({ id }) => mentioned.has(id))) return [];
    for (const { id } of left) mentioned.add(id);
    return [unreadLine(left)];
  }

  return {
    about: { version },
    async call(operation, given, caller: Caller) {
      onCall(operation.name);
      const signal = caller.signal();
      const input: Fields = { ...given };
      switch (operation.name) {
        case "send":
          return outbox.send(input, role(), signal).catch((error: unknown) => {
            throw refusalOf(error, link);
          });
        case "ask":
          // What is tried again asks once.
          return callRemote(link, operation, { idempotency_key: randomUUID(), ...input }, signal);
        case "wait":
          return wait(operation, input, signal);
        case "inbox":
          return inbox(operation, input, signal);
        case "whoami":
          return whoAmI(textOf(input["role"]), signal);
        default:
          return callRemote(link, operation, input, signal);
      }
    },
    footnotes: (carried) => [...outbox.refusals(role()), ...unreadNote(carried)],
  };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
