import { createReadStream, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import type { Config } from "../../config.ts";
import { toStartError } from "../../serve/start-error.ts";
import { importDatabase } from "../../stores/import-database.ts";
import { importMessages } from "../../stores/import-messages.ts";
import { CommandError } from "./command-error.ts";
import { exportedMessages } from "./exported-lines.ts";
import { print, printJson } from "./output.ts";
import { warn } from "./warn.ts";

/** Copies the messages of a database, or of what `export` has written; `-` is standard input. */
export async function importCommand(file: string, { db, isJson }: Config): Promise<void> {
  const { imported, skipped } = await copyFrom(file, db).catch((error: unknown) => {
    throw error instanceof CommandError ? error : toStartError(error);
  });
  if (isJson) return printJson({ imported, skipped, db });
  const already = skipped === 0 ? "" : `; ${skipped} ${skipped === 1 ? "was" : "were"} there already`;
  print(`Imported ${imported} ${imported === 1 ? "message" : "messages"} into ${db}${already}`);
}

async function copyFrom(file: string, db: string) {
  const into = { path: db, warn };
  if (file === "-") return importMessages(into, exportedMessages(process.stdin));
  if (await beginsAsJson(file)) return importMessages(into, exportedMessages(createReadStream(file)));
  return importDatabase({ ...into, from: resolve(file) });
}

/** A database begins with words of its own. */
async function beginsAsJson(path: string): Promise<boolean> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ length: 1 });
    return bytesRead === 1 && buffer[0] === openBrace;
  } finally {
    await file.close();
  }
}

const openBrace = 123;
