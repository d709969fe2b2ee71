import type { AgentSlot } from "./agent-slot.ts";

/** Who the agent is. */
export interface Identity {
  /** Its name below its machine, which requests say. */
  role(): string;
  /** Its whole name as the bridge has it, or the role until the bridge has said. */
  agent(): string;
  learn(agent: string): void;
  /** @throws RoleTaken, RangeError */
  setRole(role: string): Promise<void>;
}

interface IdentityParts {
  readonly slot: AgentSlot;
  /** The agent has another role than this. */
  readonly onRole: (old: string) => Promise<void>;
  /** `agent` gives another name. */
  readonly onAgent: () => void;
}

export function createIdentity({ slot, onRole, onAgent }: IdentityParts): Identity {
  let known: string | undefined;
  return {
    role: slot.role,
    agent: () => known ?? slot.role(),
    learn(agent) {
      // An answer that was on its way while the role changed is about somebody else.
      if (agent === known || !isOf(agent, slot.role())) return;
      known = agent;
      onAgent();
    },
    async setRole(role) {
      const old = slot.role();
      if (role === old) return;
      await slot.setRole(role);
      known = undefined;
      onAgent();
      await onRole(old);
    },
  };
}

const isOf = (agent: string, role: string) => agent === role || agent.endsWith(`/${role}`);
