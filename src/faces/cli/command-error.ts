import type { ErrorCode } from "../../core/errors.ts";

/** How every command ends. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  unreachable: 5,
  timeout: 6,
  refused: 7,
  conflict: 8,
} as const;

export interface CommandErrorDetails {
  /** What to do about it, in one sentence or one command. */
  readonly fix?: string | undefined;
  readonly cause?: unknown;
}

/** Why a command that asks a bridge cannot do its work. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: CommandErrorCode;
  readonly exitCode: number;
  readonly fix: string | undefined;

  constructor(code: CommandErrorCode, message: string, { fix, cause }: CommandErrorDetails = {}) {
    super(message, { cause });
    this.code = code;
    this.exitCode = codes[code];
    this.fix = fix;
  }
}

const codes = {
  invalid_input: exitCodes.usage,
  usage: exitCodes.usage,
  unauthorized: exitCodes.auth,
  forbidden: exitCodes.auth,
  wrong_certificate: exitCodes.auth,
  origin_not_allowed: exitCodes.auth,
  host_not_allowed: exitCodes.auth,
  not_found: exitCodes.notFound,
  method_not_allowed: exitCodes.failure,
  unsupported_media_type: exitCodes.failure,
  too_large: exitCodes.refused,
  conflict: exitCodes.conflict,
  idempotency_conflict: exitCodes.conflict,
  frozen: exitCodes.refused,
  secret_refused: exitCodes.refused,
  limit_reached: exitCodes.refused,
  streams_full: exitCodes.refused,
  store_busy: exitCodes.failure,
  store_full: exitCodes.failure,
  closing: exitCodes.unreachable,
  unreachable: exitCodes.unreachable,
  timeout: exitCodes.timeout,
  refused: exitCodes.refused,
  failure: exitCodes.failure,
  internal: exitCodes.failure,
} as const satisfies Record<ErrorCode, number> & Record<string, number>;

export type CommandErrorCode = keyof typeof codes;

/** A bridge that is newer may say what this program does not know. */
export const isCode = (code: unknown): code is CommandErrorCode =>
  typeof code === "string" && Object.hasOwn(codes, code);
