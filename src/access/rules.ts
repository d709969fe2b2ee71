import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import type { RuleRow, Rules } from "../core/rules.ts";
import { findPrincipal } from "./find-principal.ts";
import type { Kept } from "./record-bodies.ts";
import { put, type Records, remove } from "./records.ts";
import { mintId } from "./token.ts";

/** Whom a rule may be for, beside those that are known one by one. */
const everybody = new Map([
  ["*", "everybody"],
  ["shared", "whoever has the shared token"],
  ["local", "whoever comes without a credential"],
]);

export function createRules(records: Records, clock: Clock): Rules {
  const toRow = ({ id, subject, permissions, channels, createdAt, createdBy }: Kept<"rule">): RuleRow => {
    const name = everybody.get(subject) ?? records.get("principal", subject)?.name ?? subject;
    return { id, subject, name, permissions, channels, createdAt, createdBy };
  };

  function find(id: string): Kept<"rule"> {
    const rule = records.get("rule", id);
    if (rule === undefined) throw new BridgeError("not_found", `there is no rule '${id}'`, { field: "id" });
    return rule;
  }

  return {
    list: () => records.all("rule").map(toRow),
    mode: () => (records.get("policy", "rules")?.isClosed === true ? "deny" : "open"),

    async set({ subject: given, permissions, channels }, source) {
      const id = await records.change(() => {
        const subject = everybody.has(given) ? given : findPrincipal(records, given, "subject").id;
        const body = { subject, permissions: [...permissions], channels: [...channels] };
        const before = records.all("rule").find((rule) => rule.subject === subject && isSame(rule.channels, channels));
        const found = before?.id ?? mintId();
        const made = { createdAt: clock.now(), createdBy: source.principal };
        const detail = `${given} may ${permissions.join(", ") || "nothing"} in ${channels.join(", ")}`;
        const event = { ...source, event: "rule_set", detail } as const;
        return { changes: [put("rule", found, { ...body, ...made }, before)], events: [event], result: found };
      });
      return toRow(find(id));
    },

    remove: (id, source) =>
      records.change(() => {
        const rule = find(id);
        const detail = `${rule.subject} in ${rule.channels.join(", ")}`;
        const event = { ...source, event: "rule_remove", detail } as const;
        return { changes: [remove("rule", rule)], events: [event], result: toRow(rule) };
      }),

    setMode: (mode, source) =>
      records.change(() => {
        const body = { isClosed: mode === "deny", createdAt: clock.now(), createdBy: source.principal };
        const change = put("policy", "rules", body, records.get("policy", "rules"));
        const event = { ...source, event: "policy_set", detail: `default ${mode}` } as const;
        return { changes: [change], events: [event], result: undefined };
      }),
  };
}

const isSame = (some: readonly string[], others: readonly string[]) =>
  JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted());
