import { resolve } from "node:path";
import type { Config } from "../../config.ts";
import { toStartError } from "../../serve/start-error.ts";
import { importDatabase } from "../../stores/import-database.ts";
import { warn } from "./warn.ts";

export async function importCommand(file: string, { db }: Config): Promise<void> {
  const { imported, skipped } = await importDatabase({ path: db, from: resolve(file), warn }).catch(
    (error: unknown) => {
      throw toStartError(error);
    },
  );
  const already = skipped === 0 ? "" : `; ${skipped} ${skipped === 1 ? "was" : "were"} there already`;
  console.log(`Imported ${imported} ${imported === 1 ? "message" : "messages"} into ${db}${already}`);
}
