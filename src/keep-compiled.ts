import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Keeps what V8 makes of our files for the next start. Beside them and nowhere else: whoever can write there can change
 * the program anyway, which is not so in a folder for temporary files, and another version has a folder of its own.
 * Where this user cannot write there, nothing is kept.
 */
export function keepCompiled(): void {
  enableCompileCache(fileURLToPath(new URL("../.cache/compiled", import.meta.url)));
}
