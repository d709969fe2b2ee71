import { z } from "zod";
import { maxLabelLength, maxWays, maxWordsLength } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { doings } from "../core/presence.ts";

const words = z.string().max(maxWordsLength);
const name = z.string().min(1).max(maxLabelLength);

export const announce = defineOperation({
  name: "announce",
  title: "Say that you are here",
  summary: "What an agent's shim says of it: its project, what it does, how it can be woken. Absent fields stay.",
  permission: "read",
  effect: "advances",
  isBackground: true,
  input: z.object({
    project: words.optional(),
    client: z.object({ name, version: name }).optional(),
    shim: name.optional().describe("Version of the shim"),
    doing: z.enum(doings).optional(),
    waiting_on: words.optional(),
    ways: z.array(name).max(maxWays).optional().describe("Ways of waking that are at hand, best first"),
    proved: z
      .object({ way: name, at: z.iso.datetime({ offset: true }).optional().describe("When; without it, now") })
      .optional()
      .describe("The way by which the agent was just seen to wake"),
    gone: z.boolean().optional().describe("The client has ended"),
  }),
  output: z.object({ agent: z.string().describe("Who the bridge takes you for") }),

  async run({ waiting_on: waitingOn, proved, gone, ...said }, { store, agents, principal, clock }) {
    const { name: self } = store.receipts.self();
    agents.note(
      { name: self, principal },
      {
        ...said,
        waitingOn,
        hasLeft: gone,
        ...(proved === undefined ? {} : { proved: { way: proved.way, at: provedAt(proved.at, clock.now()) } }),
      },
    );
    return { agent: self };
  },
});

/** By the clock of the agent's machine, and so never in our future. */
const provedAt = (given: string | undefined, now: number) =>
  Math.min(given === undefined ? now : Date.parse(given), now);
