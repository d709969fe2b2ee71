import { machineOf } from "../core/agent-name.ts";
import type { Agents } from "../core/agents.ts";
import type { ChannelName, Message } from "../core/message.ts";
import type { Presence } from "../core/presence.ts";
import type { Addressee } from "../core/receipt.ts";
import { followed, lately, passedOver } from "./follows.ts";
import { createPresenceMemory, newest, type PresenceOptions } from "./presence-memory.ts";

/** An agent that says nothing but that it is there has been heard of within this time already. */
const sameMomentMs = 1_000;
/** How long it is not looked again what other processes know: they write it down some seconds late themselves. */
const recentMs = 2_000;

export interface PresenceBook extends Pick<
  Agents,
  "list" | "find" | "watch" | "note" | "see" | "enter" | "gave" | "follows" | "close"
> {
  /** The agent of this name, or those of this machine; of what other processes have heard, the last may be missing. */
  among(name: string): Promise<readonly Presence[]>;
  /** What this node has heard itself, without asking the store. */
  heard(): readonly Presence[];
  /** Who follows the channel. From memory. */
  followers(channel: ChannelName): readonly string[];
  /** The message was stored: neither its sender nor those whom it is for need be told that their channel has it. */
  passOver(message: Message, addressees: readonly Addressee[]): void;
}

/**
 * Who is there. What this node has heard is in memory and written down soon; what others have heard is read when
 * somebody asks, and the newer of the two counts.
 */
export function createPresence(options: PresenceOptions): PresenceBook {
  const { clock } = options;
  const memory = createPresenceMemory(options);
  const { list, change, close } = memory;
  const followsOf = (agent: Presence | undefined) => lately(agent?.follows ?? [], clock.now());

  let recent: { readonly at: number; readonly agents: readonly Presence[] } | undefined;

  async function among(wanted: string): Promise<readonly Presence[]> {
    const isMeant = ({ name }: Presence) => name === wanted || machineOf(name) === wanted;
    const now = clock.now();
    if (recent === undefined || now - recent.at >= recentMs) recent = { at: now, agents: await list() };
    return newest(recent.agents.filter(isMeant), [...memory.heard().values()].filter(isMeant));
  }

  function passOverFor(name: string, { channel, seq }: Message): void {
    const agent = memory.heard().get(name);
    const follows = agent?.follows && passedOver(agent.follows, channel, seq);
    if (agent !== undefined && follows !== undefined) memory.keep({ ...agent, follows });
  }

  return {
    list,
    among,
    close,
    heard: () => [...memory.heard().values()],
    watch: memory.watch,
    find: async (name) => (await list()).find((agent) => agent.name === name),
    note: (agent, said = { isCall: true }) => change(agent, said),
    see(agent) {
      const known = memory.heard().get(agent.name);
      const isNews =
        known === undefined ||
        known.leftAt !== undefined ||
        known.principal !== agent.principal.id ||
        clock.now() - known.seenAt >= sameMomentMs;
      if (isNews) change(agent, {});
    },

    enter(agent, what) {
      const key = what === "wait" ? "openWaits" : "openInboxes";
      const openNow = () => memory.heard().get(agent.name)?.[key] ?? 0;
      const isListening = what === "inbox";
      change(agent, { [key]: openNow() + 1, isListening });
      return () => change(agent, { [key]: openNow() - 1, isListening, isEnd: true });
    },

    gave(agent, places) {
      const follows = memory.get(agent.name)?.follows ?? [];
      change(agent, { follows: followed(follows, places, clock.now()) });
    },
    follows: (name) => followsOf(memory.get(name)),
    followers: (channel) =>
      memory
        .all()
        .filter((agent) => followsOf(agent).some((follow) => follow.channel === channel))
        .map(({ name }) => name),

    passOver(message, addressees) {
      passOverFor(message.sender, message);
      for (const { agent } of addressees) {
        if (memory.heard().has(agent)) passOverFor(agent, message);
        else ofMachine(agent, memory.heard()).forEach((name) => passOverFor(name, message));
      }
    },
  };
}

const ofMachine = (machine: string, heard: ReadonlyMap<string, Presence>) =>
  [...heard.keys()].filter((name) => machineOf(name) === machine);
