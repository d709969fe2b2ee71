import type { AgentRecord, AgentRecords } from "../core/agent-records.ts";
import { maxAgents } from "../core/limits.ts";

/** The reference. */
export function createMemoryAgents(assertOpen: () => void): AgentRecords {
  const agents = new Map<string, AgentRecord>();

  return {
    async list() {
      assertOpen();
      return [...agents.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    async note(records) {
      assertOpen();
      for (const record of records) agents.set(record.name, record);
      const longest = [...agents.values()].toSorted((a, b) => a.seenAt - b.seenAt);
      for (const { name } of longest.slice(0, Math.max(0, agents.size - maxAgents))) agents.delete(name);
    },
    async forget(names) {
      assertOpen();
      for (const name of names) agents.delete(name);
    },
  };
}
