import type { Config } from "../../config.ts";
import { visible } from "../../core/visible.ts";
import { examineDatabase } from "../../stores/examine-database.ts";

/** Prints what it finds, each with what to do about it; exit code 1 if something is broken. */
export async function doctorCommand({ db }: Config): Promise<void> {
  for await (const { level, text, fix } of examineDatabase(db)) {
    // It may quote what is in the file.
    console.log(`${level.padEnd(5)} ${visible(text)}`);
    if (fix !== undefined) console.log(`${" ".repeat(6)}${fix}`);
    if (level === "fail") process.exitCode = 1;
  }
}
