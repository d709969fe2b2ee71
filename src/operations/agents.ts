import { z } from "zod";
import { machineOf } from "../core/agent-name.ts";
import { defineOperation } from "../core/operation.ts";
import { doings, type Presence, reaches, reachOf } from "../core/presence.ts";
import { formatTime } from "../core/time.ts";

export const agentRow = z.object({
  name: z.string(),
  machine: z.string().optional(),
  project: z.string().optional(),
  client: z.object({ name: z.string(), version: z.string() }).optional(),
  shim: z.string().optional(),
  doing: z.enum(doings),
  waiting_on: z.string().optional(),
  reach: z
    .enum(reaches)
    .describe("wakes: a message starts a turn; next step: seen at its next tool call; by hand; away"),
  way: z.string().optional().describe("The way that was proved to wake it"),
  proved_at: z.string().optional(),
  last_proved: z
    .object({ way: z.string(), at: z.string() })
    .optional()
    .describe("By which way it was last seen to wake, and when; in an earlier session too"),
  reason: z.string().optional().describe("Why it is away"),
  away_since: z.string().optional(),
  last_seen: z.string(),
});

export type AgentRow = z.output<typeof agentRow>;

export const agents = defineOperation({
  name: "agents",
  title: "Who is there",
  summary: "The agents of this bridge, and whether a message would be noticed now.",
  permission: "read",
  effect: "reads",
  input: z.object({}),
  output: z.object({ agents: z.array(agentRow) }),

  async run(_input, context) {
    const known = await context.agents.list();
    return { agents: known.map((agent) => toAgentRow(agent, context.clock.now())) };
  },
});

export function toAgentRow(agent: Presence, now: number): AgentRow {
  const { name, project, client, shim, proved } = agent;
  const machine = machineOf(name);
  const { reach, way, provedAt, reason, since } = reachOf(agent, now);
  // Of one that is away nobody knows what it does: it said so before.
  const doing = reach === "away" ? "idle" : agent.doing;
  const waitingOn = doing === "waiting" ? agent.waitingOn : undefined;
  return {
    name,
    ...(machine === undefined ? {} : { machine }),
    ...(project === undefined ? {} : { project }),
    ...(client === undefined ? {} : { client }),
    ...(shim === undefined ? {} : { shim }),
    doing,
    ...(waitingOn === undefined ? {} : { waiting_on: waitingOn }),
    reach,
    ...(way === undefined ? {} : { way }),
    ...(provedAt === undefined ? {} : { proved_at: formatTime(provedAt) }),
    ...(proved === undefined ? {} : { last_proved: { way: proved.way, at: formatTime(proved.at) } }),
    ...(reason === undefined ? {} : { reason }),
    ...(since === undefined ? {} : { away_since: formatTime(since) }),
    last_seen: formatTime(agent.seenAt),
  };
}
