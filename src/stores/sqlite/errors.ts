import { BridgeError } from "../../core/errors.ts";

/** Primary result codes of SQLite (https://sqlite.org/rescode.html); the extended ones keep them in their low byte. */
const codes = {
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

export const isBusy = (error: unknown): boolean => [codes.busy, codes.locked].includes(codeOf(error) ?? 0);

export const isFull = (error: unknown): boolean => codeOf(error) === codes.full;

export const isDamaged = (error: unknown): boolean => codeOf(error) === codes.corrupt;

export const storeBusy = (cause: unknown) =>
  new BridgeError("store_busy", "another process is writing to the database for too long; try again", { cause });

export const storeFull = (cause?: unknown) =>
  new BridgeError("store_full", "the disk or the database is full", { cause });

export const inUse = (path: string, cause: unknown) =>
  new BridgeError(
    "store_busy",
    `${path}: the database is in use by another process, and sharing it needs SQLite 3.51.3, i.e. Node 24 (or >= 22.23)`,
    { cause },
  );

export const notADatabase = (path: string, cause?: unknown) =>
  new Error(`${path} is not a SQLite database; choose another path, or move that file away`, { cause });

/** What a caller can act on as a BridgeError, everything else as it is. */
export function explainWriting(error: unknown): unknown {
  if (isBusy(error)) return storeBusy(error);
  if (isFull(error)) return storeFull(error);
  return error;
}

/** As `explainWriting`, and says what is wrong with a file that cannot be opened. */
export function explainOpening(path: string, error: unknown): unknown {
  switch (codeOf(error)) {
    case codes.notADatabase:
      return notADatabase(path, error);
    case codes.corrupt:
      return new Error(`${path} is damaged; put a backup in its place, or move it away to start anew`, {
        cause: error,
      });
    case codes.permission:
    case codes.readOnly:
    case codes.cannotOpen:
      return new Error(`${path} cannot be written; give this user the right to write to it and its folder`, {
        cause: error,
      });
    case undefined:
    default:
      return explainWriting(error);
  }
}
