import { resolve } from "node:path";
import type { Config } from "../../config.ts";
import { toStartError } from "../../serve/start-error.ts";
import { restoreDatabase } from "../../stores/restore-database.ts";
import { print, printJson } from "./output.ts";

export async function restoreCommand(file: string, { db, isJson }: Config, replaces: boolean): Promise<void> {
  const from = resolve(file);
  const { kept } = await restoreDatabase({ from, path: db, replaces }).catch((error: unknown) => {
    throw toStartError(error);
  });
  if (isJson) return printJson({ db, from, kept });
  print(`Restored ${db} from ${from}${kept === undefined ? "" : `; what was there is kept in ${kept}`}`);
}
