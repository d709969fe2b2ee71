import { BridgeError, type ErrorCode } from "../../core/errors.ts";
import type { Log } from "./options.ts";

/** `satisfies` makes forgetting a new code a compile error. */
const statuses = {
  invalid_input: 400,
  host_not_allowed: 400,
  unauthorized: 401,
  forbidden: 403,
  origin_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  secret_refused: 422,
  frozen: 423,
  limit_reached: 429,
  streams_full: 503,
  store_busy: 503,
  closing: 503,
  store_full: 507,
} as const satisfies Record<ErrorCode, number>;

const defaultRetrySeconds = 1;

/** What the client shows its user when a credential is missing or wrong, so it says what to do. */
const howToAuthorize =
  "this bridge asks for its token: send the header `Authorization: Bearer <token>`, e.g. claude mcp add … --header";

/** An answer that says no. */
interface Refusal {
  readonly status: number;
  /** `{"error","code","field"?}`: every refusal of the HTTP face has this shape. */
  readonly body: object;
  /** Headers, names and values in turn. */
  readonly more: readonly string[];
}

/** What was asked, for the log. Without the query: tokens may stand there. */
interface Asked {
  readonly log: Log;
  readonly method: string;
  readonly path: string;
  /** The address that the request came from. */
  readonly client: string;
}

/** Refusals that an operator wants to see: somebody was not let in. */
const accessCodes: ReadonlySet<ErrorCode> = new Set([
  "unauthorized",
  "forbidden",
  "host_not_allowed",
  "origin_not_allowed",
]);

/** What is our fault is logged; on the wire the reason is the caller's only where it is the caller's to act on. */
export function toRefusal(error: unknown, { log, ...asked }: Asked): Refusal {
  if (!(error instanceof BridgeError)) {
    log.error({ err: error, ...asked }, "request failed");
    return { status: 500, body: internal, more: [] };
  }
  const { code, message, field, retryable, retryAfterSeconds = defaultRetrySeconds } = error;
  if (accessCodes.has(code)) log.info({ code, ...asked }, "request refused");
  const hint = code === "unauthorized" && message === "unauthorized" ? { message: howToAuthorize } : {};
  const body = { error: message, code, ...(field === undefined ? {} : { field }), ...hint };
  return { status: statuses[code], body, more: retryable ? ["Retry-After", `${Math.ceil(retryAfterSeconds)}`] : [] };
}

const internal = { error: "internal error; the bridge's log has the reason", code: "internal" };
