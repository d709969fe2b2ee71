import { z } from "zod";
import * as fields from "../../core/fields.ts";
import { maxHttpWaitSeconds, maxPageSize } from "../../core/limits.ts";
import type { Operation } from "../../core/operation.ts";
import { operations } from "../../operations/index.ts";

/** One line of the HTTP API. Adding a route is adding a line. */
export interface Route {
  readonly method: "GET" | "POST";
  /** As Hono writes paths. */
  readonly path: string;
  readonly operation: Operation;
  /** What HTTP takes where that is narrower than the operation. */
  readonly input: z.ZodObject;
  /** A GET's input, from its query and path. A POST's is its body. */
  readonly fromQuery?: (query: Query) => Record<string, unknown>;
}

/** A parameter of the query or the path; undefined when it is absent or empty. */
export type Query = (name: string) => string | undefined;

const waitInput = operations.wait.input.extend({
  limit: fields.limit.default(20),
  timeout_seconds: z.number().min(0).max(maxHttpWaitSeconds).default(20),
});

const inboxInput = operations.inbox.input.extend({
  wait_seconds: z.number().min(0).max(maxHttpWaitSeconds).default(0),
});

export const routes: readonly Route[] = [
  post("/api/send", operations.send),
  get("/api/messages", operations.receive, (query) => ({
    channel: query("channel"),
    since_id: query("since_id"),
    consumer_id: query("consumer_id"),
    limit: pageSize(query("limit")),
    full: flag(query("full")),
  })),
  get("/api/messages/:id", operations.find, (query) => ({ id: query("id") })),
  get("/api/search", operations.search, (query) => ({
    q: query("q"),
    before: number(query("before")),
    limit: number(query("limit")),
    full: flag(query("full")),
    receipts: flag(query("receipts")),
  })),
  {
    ...get("/api/wait", operations.wait, (query) => ({
      channel: query("channel"),
      channels: query("channels")?.split(","),
      since_id: query("since_id"),
      consumer_id: query("consumer_id"),
      limit: number(query("limit")),
      timeout_seconds: number(query("timeout_seconds")),
    })),
    input: waitInput,
  },
  post("/api/ack", operations.ack),
  { ...post("/api/inbox", operations.inbox), input: inboxInput },
  get("/api/receipts", operations.receipts, (query) => ({ message_ids: query("message_ids")?.split(",") })),
  post("/api/receipts", operations.mark),
  post("/api/ask", operations.ask),
  post("/api/cancel", operations.cancel),
  get("/api/needs", operations.needs, () => ({})),
  post("/api/release", operations.release),
  get("/api/agents", operations.agents, () => ({})),
  post("/api/agents", operations.announce),
  post("/api/clear", operations.clear),
  post("/api/undo", operations.undo),
  get("/api/channels", operations.channels, () => ({})),
  get("/api/overview", operations.status, (query) => ({ per_channel: number(query("per_channel")) })),
  get("/api/ping", operations.ping, () => ({})),
  get("/api/state", operations.state, () => ({})),
  post("/api/join", operations.join),
  get("/api/invitations", operations.invitations, () => ({})),
  post("/api/invitations", operations.invite),
  post("/api/invitations/revoke", operations.invitation_revoke),
  get("/api/sessions", operations.sessions, () => ({})),
  post("/api/sessions/revoke", operations.session_revoke),
  post("/api/sign-in-links", operations.sign_in_link),
  get("/api/whoami", operations.whoami, () => ({})),
  get("/api/principals", operations.principals, () => ({})),
  post("/api/principals/rename", operations.rename),
  post("/api/principals/revoke", operations.revoke),
  get("/api/tokens", operations.tokens, () => ({})),
  post("/api/tokens", operations.token_create),
  post("/api/tokens/rotate", operations.token_rotate),
  post("/api/tokens/revoke", operations.token_revoke),
  get("/api/rules", operations.rules, () => ({})),
  post("/api/rules", operations.rule_set),
  post("/api/rules/remove", operations.rule_remove),
  post("/api/rules/policy", operations.policy_set),
  get("/api/freezes", operations.freezes, () => ({})),
  post("/api/freezes", operations.freeze),
  post("/api/freezes/remove", operations.unfreeze),
  get("/api/wake-rules", operations.wake_rules, () => ({})),
  post("/api/wake-rules", operations.wake_rule_set),
  post("/api/wake-rules/remove", operations.wake_rule_remove),
  get("/api/audit", operations.audit, (query) => ({ after: number(query("after")), limit: number(query("limit")) })),
  get("/api/audit/verify", operations.audit_verify, () => ({})),
];

function post(path: string, operation: Operation): Route {
  return { method: "POST", path, operation, input: operation.input };
}

function get(path: string, operation: Operation, fromQuery: Route["fromQuery"] & {}): Route {
  return { method: "GET", path, operation, input: operation.input, fromQuery };
}

/** As the original reads it: what is no number is 50, and what is out of range is brought into it. */
function pageSize(value: string | undefined): number {
  const asked = /^[+-]?\d+$/.test(value ?? "") ? Number(value) : 50;
  return Math.min(Math.max(asked, 1), maxPageSize);
}

const flag = (value: string | undefined) => ["1", "true", "yes"].includes(value?.toLowerCase() ?? "");

/** A number, or what was given instead, for the schema to refuse. */
const number = (value: string | undefined) =>
  value !== undefined && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
