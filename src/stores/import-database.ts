import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { foreignColumns, type ForeignRow } from "./sqlite/copy-messages.ts";
import { type Imported, prepareImport } from "./sqlite/import-step.ts";
import { explainOpening } from "./sqlite/errors.ts";
import { importOriginalKeys, importOurKeys } from "./sqlite/import-keys.ts";
import { type Kind, kindOf } from "./sqlite/kind.ts";
import { openDatabase } from "./sqlite/open-database.ts";
import { prepare } from "./sqlite/prepare.ts";

export interface ImportOptions {
  /** Our database; it is made if there is none. */
  readonly path: string;
  /** Another one, ours or the original's. It is only read. */
  readonly from: string;
  readonly warn?: (message: string) => void;
}

/** Messages in one transaction: others may write to the database between two. */
const step = 500;

/**
 * Appends the messages of `from` that are not in `path` yet, by their ids, which they keep, with their order and
 * times. Whoever breaks it off or runs it twice does no harm.
 *
 * @throws BridgeError `store_busy`, `store_full`.
 * @throws Error that says what is wrong with one of the files.
 */
export async function importDatabase({ path, from, warn }: ImportOptions): Promise<Imported> {
  const source = resolve(from);
  if (statSync(source, { throwIfNoEntry: false })?.isFile() !== true) throw new Error(`there is no file ${source}`);
  if (source === resolve(path)) throw new Error(`${source} cannot be imported into itself`);
  const { database } = await openDatabase({ path, warn });
  try {
    const kind = attach(database, source);
    return kind === "empty" ? { imported: 0, skipped: 0 } : await copyAll(database, kind);
  } finally {
    database.close();
  }
}

/** Under the name `source`, for reading only. */
function attach(database: DatabaseSync, source: string): Kind["kind"] {
  try {
    prepare(database, "ATTACH ? AS source").run(`${pathToFileURL(source).href}?mode=ro`);
    return kindOf(database, "source", source).kind;
  } catch (error) {
    throw explainOpening(source, error);
  }
}

async function copyAll(database: DatabaseSync, kind: "ours" | "original"): Promise<Imported> {
  const { copyMissing, write } = prepareImport(database, "source.messages");
  const page = prepare<ForeignRow>(
    database,
    `SELECT ${foreignColumns} FROM source.messages WHERE seq > ? ORDER BY seq LIMIT ${step}`,
  );
  let [imported, skipped] = [0, 0];
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.seq ?? 0)) {
    const copied = await copyMissing(rows);
    imported += copied;
    skipped += rows.length - copied;
  }
  await write(() => (kind === "ours" ? importOurKeys(database) : importOriginalKeys(database, "source")));
  return { imported, skipped };
}
