import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import { maxWakeRules } from "../core/limits.ts";
import { byPrecision, type WakeRuleRow, type WakeRules } from "../core/wake-rules.ts";
import type { Kept } from "./record-bodies.ts";
import { put, type Records, remove } from "./records.ts";
import { mintId } from "./token.ts";

export function createWakeRules(records: Records, clock: Clock): WakeRules {
  let known: { readonly generation: number; readonly rules: readonly WakeRuleRow[] } | undefined;

  function list(): readonly WakeRuleRow[] {
    const generation = records.generation();
    if (known?.generation !== generation) {
      known = { generation, rules: records.all("wakeRule").map(toRow).toSorted(byPrecision) };
    }
    return known.rules;
  }

  return {
    list,

    set: ({ agent, channel, wake }, source) =>
      records.change(() => {
        const all = records.all("wakeRule");
        const before = all.find((rule) => rule.agent === agent && rule.channel === channel);
        if (before === undefined && all.length >= maxWakeRules) {
          const message = `there are ${maxWakeRules} wake rules already; remove one, or write a pattern for several`;
          throw new BridgeError("limit_reached", message);
        }
        const id = before?.id ?? mintId();
        const body = { agent, channel, wake, createdAt: clock.now(), createdBy: source.principal };
        const event = { ...source, event: "wake_rule_set", detail: wordsOf(body) } as const;
        return { changes: [put("wakeRule", id, body, before)], events: [event], result: { ...body, id } };
      }),

    remove: (id, source) =>
      records.change(() => {
        const rule = records.get("wakeRule", id);
        if (rule === undefined) throw new BridgeError("not_found", `there is no wake rule '${id}'`, { field: "id" });
        const event = { ...source, event: "wake_rule_remove", detail: wordsOf(rule) } as const;
        return { changes: [remove("wakeRule", rule)], events: [event], result: toRow(rule) };
      }),
  };
}

const toRow = ({ id, agent, channel, wake, createdAt, createdBy }: Kept<"wakeRule">): WakeRuleRow => ({
  id,
  agent,
  channel,
  wake,
  createdAt,
  createdBy,
});

const wordsOf = ({ agent, channel, wake }: Pick<WakeRuleRow, "agent" | "channel" | "wake">) =>
  `${agent} in ${channel}: ${wake}`;
