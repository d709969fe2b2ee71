import type { AuditSource } from "./audit.ts";
import type { Permission } from "./principal.ts";

/**
 * What the bridge leaves of the rights that credentials give, channel by channel. `open`: all of it, and no rule is
 * asked. `deny`: what some rule allows. Whoever may administer the bridge stays its administrator, or a wrong rule could
 * not be taken back.
 */
export interface Rules {
  list(): readonly RuleRow[];
  mode(): RulesMode;
  /** A new rule, or a new one in the place of that for the same subject and channels. @throws BridgeError `not_found`. */
  set(rule: NewRule, source: AuditSource): Promise<RuleRow>;
  /** @throws BridgeError `not_found`. */
  remove(id: string, source: AuditSource): Promise<RuleRow>;
  setMode(mode: RulesMode, source: AuditSource): Promise<void>;
}

export type RulesMode = "open" | "deny";

export interface NewRule {
  /** The id or name of a principal, or `*` for everybody. */
  readonly subject: string;
  readonly permissions: readonly Permission[];
  readonly channels: readonly string[];
}

export interface RuleRow extends NewRule {
  readonly id: string;
  /** What the subject is called now. */
  readonly name: string;
  readonly createdAt: number;
  readonly createdBy: string;
}
