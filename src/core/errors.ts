/**
 * Every failure that a caller can act on, in one closed list. Faces map the code to their own form (an HTTP
 * status, an MCP `isError` result, an exit code); nothing else in the bridge invents error shapes.
 */
export type ErrorCode =
  | "invalid_input"
  | "unauthorized"
  | "forbidden"
  | "origin_not_allowed"
  | "host_not_allowed"
  | "not_found"
  | "method_not_allowed"
  | "unsupported_media_type"
  | "too_large"
  | "conflict"
  | "secret_refused"
  | "idempotency_conflict"
  | "frozen"
  | "limit_reached"
  | "streams_full"
  | "store_busy"
  | "store_full"
  | "closing";

/** Codes for which repeating the identical call later can succeed. */
const retryableCodes: ReadonlySet<ErrorCode> = new Set([
  "limit_reached",
  "streams_full",
  "store_busy",
  "store_full",
  "closing",
]);

export interface ErrorDetails {
  /** The offending input field, when there is one. */
  readonly field?: string | undefined;
  /** When the same call may succeed, in seconds, where that is known. */
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

export class BridgeError extends Error {
  override readonly name = "BridgeError";
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, { field, retryAfterSeconds, cause }: ErrorDetails = {}) {
    super(message, { cause });
    this.code = code;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get retryable(): boolean {
    return retryableCodes.has(this.code);
  }
}
