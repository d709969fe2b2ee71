import { resolve } from "node:path";
import type { Config } from "../../config.ts";
import { toStartError } from "../../serve/start-error.ts";
import { backUpDatabase } from "../../stores/back-up-database.ts";
import { print, printJson } from "./output.ts";

/** @throws StartError, BridgeError: a copy that is there already is left alone. */
export function backupCommand(file: string, { db, isJson }: Config): void {
  const to = resolve(file);
  try {
    const bytes = backUpDatabase({ path: db, to });
    if (isJson) return printJson({ db, to, bytes });
    print(`Copied ${db} to ${to}, ${(bytes / 1024 / 1024).toFixed(1)} MB`);
  } catch (error) {
    throw toStartError(error);
  }
}
