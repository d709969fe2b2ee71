import type { AuditSource } from "./audit.ts";
import type { WakeRule } from "./wake.ts";

/** What an operator says of what is worth a turn, agent by agent and channel by channel. */
export interface WakeRules {
  /** In the order in which they are asked. From memory: it is asked with every message. */
  list(): readonly WakeRuleRow[];
  /** A new rule, or a new one in the place of that for the same two patterns. @throws BridgeError `limit_reached`. */
  set(rule: WakeRule, source: AuditSource): Promise<WakeRuleRow>;
  /** @throws BridgeError `not_found`. */
  remove(id: string, source: AuditSource): Promise<WakeRuleRow>;
}

export interface WakeRuleRow extends WakeRule {
  readonly id: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

/**
 * Which of two rules is asked first: the one that says more of the agent, and of two that say as much of it the one that
 * says more of the channel. A name says more than any pattern, and a pattern more than one with fewer characters beside
 * its `*`. So it does not matter in which order rules are made; of equals the older is first.
 */
export function byPrecision(a: WakeRuleRow, b: WakeRuleRow): number {
  return (
    precision(b.agent) - precision(a.agent) ||
    precision(b.channel) - precision(a.channel) ||
    a.createdAt - b.createdAt ||
    (a.id < b.id ? -1 : 1)
  );
}

const precision = (pattern: string) =>
  pattern.includes("*") ? pattern.replaceAll("*", "").length : Number.MAX_SAFE_INTEGER;
