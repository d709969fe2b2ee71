import type { OperationName } from "./index.ts";

/** Where the HTTP API has the operations that are asked for over it by this package. */
export const paths = {
  send: post("/api/send"),
  receive: get("/api/messages"),
  wait: get("/api/wait"),
  ack: post("/api/ack"),
  inbox: post("/api/inbox"),
  mark: post("/api/receipts"),
  receipts: get("/api/receipts"),
  ask: post("/api/ask"),
  cancel: post("/api/cancel"),
  needs: get("/api/needs"),
  release: post("/api/release"),
  announce: post("/api/agents"),
  agents: get("/api/agents"),
  search: get("/api/search"),
  channels: get("/api/channels"),
  status: get("/api/overview"),
  ping: get("/api/ping"),
  whoami: get("/api/whoami"),
  principals: get("/api/principals"),
  rename: post("/api/principals/rename"),
  revoke: post("/api/principals/revoke"),
  tokens: get("/api/tokens"),
  token_create: post("/api/tokens"),
  token_rotate: post("/api/tokens/rotate"),
  token_revoke: post("/api/tokens/revoke"),
  invite: post("/api/invitations"),
  invitations: get("/api/invitations"),
  invitation_revoke: post("/api/invitations/revoke"),
  join: post("/api/join"),
  rules: get("/api/rules"),
  rule_set: post("/api/rules"),
  rule_remove: post("/api/rules/remove"),
  policy_set: post("/api/rules/policy"),
  clear: post("/api/clear"),
  undo: post("/api/undo"),
  freezes: get("/api/freezes"),
  freeze: post("/api/freezes"),
  unfreeze: post("/api/freezes/remove"),
  wake_rules: get("/api/wake-rules"),
  wake_rule_set: post("/api/wake-rules"),
  wake_rule_remove: post("/api/wake-rules/remove"),
  sessions: get("/api/sessions"),
  session_revoke: post("/api/sessions/revoke"),
  sign_in_link: post("/api/sign-in-links"),
  audit: get("/api/audit"),
  audit_verify: get("/api/audit/verify"),
} as const satisfies Partial<Record<OperationName, HttpPlace>>;

/** Those that have a place there. */
export type AskedOperation = keyof typeof paths;

export interface HttpPlace {
  readonly method: "GET" | "POST";
  readonly path: string;
}

function get(path: string): HttpPlace {
  return { method: "GET", path };
}

function post(path: string): HttpPlace {
  return { method: "POST", path };
}
