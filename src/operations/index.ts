import type { Operation } from "../core/operation.ts";
import { ack } from "./ack.ts";
import { agents } from "./agents.ts";
import { announce } from "./announce.ts";
import { ask } from "./ask.ts";
import { audit } from "./audit.ts";
import { auditVerify } from "./audit-verify.ts";
import { cancel } from "./cancel.ts";
import { channels } from "./channels.ts";
import { clear } from "./clear.ts";
import { find } from "./find.ts";
import { freeze } from "./freeze.ts";
import { freezes } from "./freezes.ts";
import { inbox } from "./inbox.ts";
import { invitationRevoke } from "./invitation-revoke.ts";
import { invitations } from "./invitations.ts";
import { invite } from "./invite.ts";
import { join } from "./join.ts";
import { mark } from "./mark.ts";
import { needs } from "./needs.ts";
import { ping } from "./ping.ts";
import { policySet } from "./policy-set.ts";
import { principals } from "./principals.ts";
import { receive } from "./receive.ts";
import { receipts } from "./receipts.ts";
import { release } from "./release.ts";
import { rename } from "./rename.ts";
import { revoke } from "./revoke.ts";
import { ruleRemove } from "./rule-remove.ts";
import { ruleSet } from "./rule-set.ts";
import { rules } from "./rules.ts";
import { search } from "./search.ts";
import { send } from "./send.ts";
import { sessionRevoke } from "./session-revoke.ts";
import { sessions } from "./sessions.ts";
import { signInLink } from "./sign-in-link.ts";
import { state } from "./state.ts";
import { status } from "./status.ts";
import { tokenCreate } from "./token-create.ts";
import { tokenRevoke } from "./token-revoke.ts";
import { tokenRotate } from "./token-rotate.ts";
import { tokens } from "./tokens.ts";
import { undo } from "./undo.ts";
import { unfreeze } from "./unfreeze.ts";
import { wait } from "./wait.ts";
import { wakeRuleRemove } from "./wake-rule-remove.ts";
import { wakeRuleSet } from "./wake-rule-set.ts";
import { wakeRules } from "./wake-rules.ts";
import { whoami } from "./whoami.ts";

/** Everything that the bridge can do. A new operation is one file and one line here. */
export const operations = {
  send,
  receive,
  wait,
  ack,
  channels,
  status,
  ping,
  clear,
  undo,
  find,
  search,
  state,
  inbox,
  mark,
  receipts,
  ask,
  cancel,
  needs,
  release,
  agents,
  announce,
  whoami,
  principals,
  rename,
  revoke,
  tokens,
  token_create: tokenCreate,
  token_rotate: tokenRotate,
  token_revoke: tokenRevoke,
  rules,
  rule_set: ruleSet,
  rule_remove: ruleRemove,
  policy_set: policySet,
  freezes,
  freeze,
  unfreeze,
  wake_rules: wakeRules,
  wake_rule_set: wakeRuleSet,
  wake_rule_remove: wakeRuleRemove,
  audit,
  audit_verify: auditVerify,
  invite,
  invitations,
  invitation_revoke: invitationRevoke,
  join,
  sessions,
  session_revoke: sessionRevoke,
  sign_in_link: signInLink,
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** What an operation answers. */
export type OutputOf<Name extends OperationName> = Awaited<ReturnType<(typeof operations)[Name]["run"]>>;
