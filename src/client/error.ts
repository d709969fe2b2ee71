import type { ErrorCode } from "../core/errors.ts";

/** What only a client can find out. */
export type ClientCode =
  /** No answer came, or none of a bridge: a network, a proxy or a stopped bridge is in the way. It may pass. */
  | "unreachable"
  /** A bridge answered, in a form that this client does not know. */
  | "unexpected_answer"
  /** The subscription's cursor is not in what it reads, or never was. Begin again, from `beginning` or from now. */
  | "cursor_stale"
  /** The bridge failed; its log has the reason. */
  | "internal";

/** Codes that we know, and those of bridges that are newer than we are. */
export type BridgeErrorCode = ErrorCode | ClientCode | (string & {});

export interface BridgeErrorDetails {
  readonly field?: string | undefined;
  /** Of the answer, if there was one. */
  readonly status?: number | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The one error that a client's calls reject with, beside the reason of an aborted signal. */
export class BridgeError extends Error {
  override readonly name = "BridgeError";
  readonly code: BridgeErrorCode;
  /** The input field to blame, when there is one. */
  readonly field: string | undefined;
  readonly status: number | undefined;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** How long the bridge asks to be left alone before that. */
  readonly retryAfterMs: number | undefined;

  constructor(code: BridgeErrorCode, message: string, details: BridgeErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.field = details.field;
    this.status = details.status;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export const unreachable = (message: string, details: BridgeErrorDetails = {}): BridgeError =>
  new BridgeError("unreachable", message, { retryable: true, ...details });

export const invalidInput = (field: string, message: string): BridgeError =>
  new BridgeError("invalid_input", `${field}: ${message}`, { field });
