import { BridgeError, type ErrorCode } from "../../core/errors.ts";

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

/** `{"error","code","field"?}`: every refusal of the HTTP face has this shape. */
export function toErrorResponse({ code, message, field, retryable, retryAfterSeconds }: BridgeError): Response {
  const hint = code === "unauthorized" ? { message: howToAuthorize } : {};
  const body = { error: message, code, ...(field === undefined ? {} : { field }), ...hint };
  const headers = retryable
    ? { "Retry-After": String(Math.ceil(retryAfterSeconds ?? defaultRetrySeconds)) }
    : undefined;
  return Response.json(body, { status: statuses[code], ...(headers === undefined ? {} : { headers }) });
}

/** For what is our fault: the reason is in the log, not on the wire. */
export const internalError = (): Response =>
  Response.json({ error: "internal error; the bridge's log has the reason", code: "internal" }, { status: 500 });
