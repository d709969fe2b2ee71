import { anyPerson } from "../core/agent-name.ts";
import type { Agents } from "../core/agents.ts";
import type { Clock } from "../core/clock.ts";
import { type Presence, type Reach, reachOf } from "../core/presence.ts";
import type { Receipt } from "../core/receipt.ts";
import { ago } from "../core/time.ts";
import type { PresenceBook } from "./presence.ts";

/** Of several recipients so many are told of one by one. */
const mostTold = 3;

/** What the sender may expect. Says no more than presence proves. */
export function createOutlook(presence: Pick<PresenceBook, "among">, clock: Clock): Agents["outlook"] {
  async function whatComes(receipts: readonly Receipt[]): Promise<string> {
    const first = receipts.slice(0, mostTold);
    const told = await Promise.all(
      first.map(async (receipt) => expectation(receipt, await presence.among(receipt.agent), clock.now())),
    );
    const more = receipts.length - told.length;
    return `${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
  }

  return (receipts) => (receipts.length === 0 ? forNobody : whatComes(receipts));
}

const forNobody = Promise.resolve("It is for nobody in particular: whoever reads the channel sees it.");

function expectation({ agent, state, reason, isQuiet }: Receipt, known: readonly Presence[], now: number): string {
  if (state === "held" || state === "refused") return `${agent}: ${state}, ${reason ?? "without a reason"}`;
  if (state !== "stored") return `${agent}: ${state.replaceAll("_", " ")}`;
  if (agent === anyPerson) return "a person sees it under what needs them";
  if (isQuiet === true) return `${agent} finds it when it looks: a rule keeps it from being woken`;
  if (known.length === 0) return `${agent} was never here; it sees this when it comes`;
  const best = known.map((one) => ({ one, reach: reachOf(one, now) })).toSorted(byReach)[0];
  if (best === undefined) return agent;
  const { one, reach } = best;
  const whom = one.name === agent ? agent : `${agent} (${one.name})`;
  switch (reach.reach) {
    case "wakes":
      return `${whom} wakes (${reach.way}, proved ${ago(now - (reach.provedAt ?? now))})`;
    case "next step":
      return `${whom} is at work and sees it at its next step`;
    case "by hand":
      return `${whom} is there, but nothing has proved that it wakes: it sees this when somebody prompts it`;
    case "away":
      return `${whom} is away, ${whyAway(one, reach, now)}; it sees this when it returns`;
  }
}

/** Who was heard a moment ago, and yet is away, needs a reason. */
function whyAway({ seenAt }: Presence, { reason, since = seenAt }: Reach, now: number): string {
  const seen = `last seen ${ago(now - seenAt)}`;
  if (reason === undefined || since === seenAt) return seen;
  return `${seen}: ${reason}, since ${ago(now - since)}`;
}

const order = ["wakes", "next step", "by hand", "away"];

const byReach = (a: { reach: { reach: string } }, b: { reach: { reach: string } }) =>
  order.indexOf(a.reach.reach) - order.indexOf(b.reach.reach);
