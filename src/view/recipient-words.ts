import type { Agent } from "../client/index.ts";
import { anyPerson, machineOf } from "../core/agent-name.ts";
import { resolveRecipient } from "../core/recipient.ts";
import { visible } from "../core/visible.ts";
import { reachWords } from "./machines.ts";

/** Names that can be addressed, as they are told to everybody. */
export function knownNames(agents: Iterable<Agent>): readonly string[] {
  const all = [...agents];
  const machines = all.flatMap(({ name, machine }) => machine ?? machineOf(name) ?? []);
  return [anyPerson, ...new Set([...all.map(({ name }) => name), ...machines])].filter(
    (name, index, names) => names.indexOf(name) === index,
  );
}

/** What will become of a message that is addressed so, in a few words; by the bridge's own rules for names. */
export function recipientWords(to: string, agents: ReadonlyMap<string, Agent>, now: number): string {
  const names = [...agents.keys()].filter((name) => name !== anyPerson);
  const machines = [...agents.values()].flatMap(({ name, machine }) => machine ?? machineOf(name) ?? []);
  const recipient = resolveRecipient(to, { agents: names, machines: [...new Set(machines)], persons: [] });
  switch (recipient.kind) {
    case "agent": {
      const agent = agents.get(recipient.name);
      const words = agent === undefined ? "" : reachWords(agent, now);
      return recipient.name === to ? words : `${shown(recipient.name)}: ${words}`;
    }
    case "machine":
      return `all agents of ${shown(recipient.name)}`;
    case "person":
      return "any person: it waits in Needs you";
    case "ambiguous":
      return `that may be ${recipient.candidates.map(shown).join(" or ")}`;
    case "unknown":
      return recipient.nearest.length === 0
        ? "nobody of this name is known yet"
        : `nobody of this name is known; there is ${recipient.nearest.map(shown).join(", ")}`;
  }
}

const shown = (name: string) => visible(name, { keepsLines: false });
