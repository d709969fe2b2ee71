import type { Agent, FoundInFull, Need, Receipt, Sent, SubscriptionEntry } from "../../../client/index.ts";
import { formatTime } from "../../../core/time.ts";
import { messageJson } from "../../../view/export/message-json.ts";

/** What `--json` prints: the names and times of the wire. */

export const foundJson = (found: FoundInFull): object => ({ ...messageJson(found), snippet: found.snippet });

export function entryJson(entry: SubscriptionEntry): object {
  switch (entry.kind) {
    case "message":
      return messageJson(entry);
    case "cleared":
    case "restored": {
      const { kind, seq, id, channel, count, by, acceptedAt } = entry;
      return { kind, seq, id, channel, count, by, timestamp: formatTime(acceptedAt) };
    }
    case "gap":
      return { kind: "gap", channel: entry.channel, after: entry.after, up_to: entry.upTo };
  }
}

export function receiptJson({ messageId, agent, state, why, reason, at, answerId, due }: Receipt): object {
  const times = Object.fromEntries(Object.entries(at).map(([name, ms]) => [name, formatTime(ms)]));
  return {
    message_id: messageId,
    agent,
    state,
    why,
    reason,
    at: times,
    answer_id: answerId,
    due: due === undefined ? undefined : { what: due.what, at: formatTime(due.at) },
  };
}

export function sentJson(sent: Sent): object {
  const { id, seq, channel, sender, acceptedAt, deduplicated, receipt, receipts, next, note, warnings } = sent;
  return {
    id,
    seq,
    channel,
    sender,
    timestamp: formatTime(acceptedAt),
    deduplicated,
    receipt,
    receipts: receipts.map(receiptJson),
    next,
    note,
    warnings,
  };
}

export function agentJson(agent: Agent): object {
  const { name, machine, project, client, shim, doing, waitingOn, reach, way, provedAt, reason, awaySince, lastSeen } =
    agent;
  return {
    name,
    machine,
    project,
    client,
    shim,
    doing,
    waiting_on: waitingOn,
    reach,
    way,
    proved_at: provedAt === undefined ? undefined : formatTime(provedAt),
    reason,
    away_since: awaySince === undefined ? undefined : formatTime(awaySince),
    last_seen: formatTime(lastSeen),
  };
}

export function needJson({ id, seq, channel, sender, preview, receipt, since }: Need): object {
  return { id, seq, channel, sender, preview, receipt: receiptJson(receipt), since: formatTime(since) };
}
