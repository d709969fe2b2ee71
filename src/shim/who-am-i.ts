import { quoteName } from "../faces/mcp/text.ts";
import { OwnWords, ToolRefusal } from "../faces/mcp/tool-host.ts";
import { paths } from "../operations/paths.ts";
import { RoleTaken } from "./agent-slot.ts";
import type { Identity } from "./identity.ts";
import type { Link } from "./link.ts";
import type { Unread } from "./unread.ts";

/** Answers bridge_whoami; with a role, after the agent has taken it. */
export type WhoAmI = (role: string | undefined, signal: AbortSignal) => Promise<OwnWords>;

interface WhoAmIParts {
  readonly link: Link;
  readonly unread: Unread;
  readonly identity: Pick<Identity, "agent" | "setRole">;
  /** Messages that wait here for the bridge. */
  readonly queued: () => number;
}

export function createWhoAmI({ link, unread, identity, queued }: WhoAmIParts): WhoAmI {
  return async (role, signal) => {
    if (role !== undefined) await identity.setRole(role).catch(asRefusal);
    const machine = await machineOf(link, signal);
    const [mail, waiting] = [unread.all().length, queued()];
    const lines = [
      `You are ${quoteName(identity.agent())}`,
      `  machine: ${machine}`,
      `  bridge: ${quoteName(link.bridge)} (${link.isConnected() ? "connected" : `unreachable, ${link.lastSeen()}`})`,
      `  unread: ${mail}${mail > 0 ? "; bridge_receive without channel shows them" : ""}`,
      ...(waiting > 0 ? [`  queued here: ${waiting}`] : []),
    ];
    return new OwnWords(lines.join("\n"));
  };
}

function asRefusal(error: unknown): never {
  if (error instanceof RangeError) throw new ToolRefusal(`Input validation error: role: ${error.message}`);
  throw error instanceof RoleTaken ? new ToolRefusal(`conflict: ${error.message}`) : error;
}

/** As the bridge knows it, for people. */
async function machineOf(link: Link, signal: AbortSignal): Promise<string> {
  try {
    const answer = await link.ask({ path: paths.whoami.path }, { signal, patienceMs: 0 });
    const { principal } = answer as { readonly principal?: { readonly name?: unknown; readonly kind?: unknown } };
    const { name, kind } = principal ?? {};
    return kind === "machine" && typeof name === "string" ? quoteName(name) : "has not joined the bridge";
  } catch {
    signal.throwIfAborted();
    return "not known while the bridge does not say";
  }
}
