import type { Agents } from "../core/agents.ts";
import { isLater, type Receipt } from "../core/receipt.ts";

/** Tells whoever has read it that its asker does not want the answer any more. */
export async function tellOfWithdrawal(withdrawn: readonly Receipt[], by: string, agents: Agents): Promise<void> {
  for (const receipt of withdrawn) {
    const { seq, messageId, agent, state, reason = "" } = receipt;
    if (!isLater(state, "expired")) continue;
    const text = `The question ${messageId} was ${reason}. Nobody waits for your answer any more.`;
    const key = `withdrawn/${seq}/${agent}`;
    if (agent !== by) await agents.notify({ about: receipt, to: agent, type: "notice", text, key });
  }
}

/** Tells the senders of what was for an agent that it will not do it. */
export async function tellOfRefusal(changed: readonly Receipt[], agents: Agents): Promise<void> {
  for (const receipt of changed) {
    const { seq, messageId, agent, sender, state, why, reason } = receipt;
    // What somebody has read unasked was not for it to refuse.
    if (state !== "refused" || why === undefined) continue;
    const text = `${agent} refused ${messageId}: ${reason ?? "without a reason"}`;
    await agents.notify({ about: receipt, to: sender, type: "notice", text, key: `refused/${seq}/${agent}` });
  }
}
