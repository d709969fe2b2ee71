import type { Bridge } from "../../core/bridge.ts";
import { type AgentRow, toAgentRow } from "../../operations/agents.ts";
import { frame } from "./event-frames.ts";

/** What was last told of an agent, and as the how manieth piece of news. */
interface Told {
  readonly shown: string;
  readonly number: number;
  readonly frame: Buffer;
}

/** What there is to tell of agents, as events whose bytes all readers share. */
export interface AgentNews {
  look(): Promise<void>;
  /** How many pieces of news there were. */
  last(): number;
  /** The events of the agents of which there was news after the `after`th, each as it is now. */
  since(after: number): readonly Buffer[];
}

export function createAgentNews({ agents, clock }: Pick<Bridge, "agents" | "clock">): AgentNews {
  let told = new Map<string, Told>();
  let last = 0;

  function tellOf(row: AgentRow): Told {
    const shown = shownOf(row);
    const before = told.get(row.name);
    if (before?.shown === shown) return before;
    last += 1;
    return { shown, number: last, frame: Buffer.from(frame("agent", row), "latin1") };
  }

  return {
    async look() {
      const known = await agents.list();
      const now = clock.now();
      told = new Map(known.map((agent) => [agent.name, tellOf(toAgentRow(agent, now))]));
    },
    last: () => last,
    since: (after) => [...told.values()].filter(({ number }) => number > after).map((one) => one.frame),
  };
}

/** All but the times, which change by themselves. */
const shownOf = ({ last_seen: _seen, proved_at: _proved, ...row }: AgentRow) => JSON.stringify(row);
