import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** For vitest, which calls it before the tests: what they see in a browser is what the source says now. */
export async function setup(): Promise<void> {
  const cwd = join(import.meta.dirname, "../..");
  await promisify(execFile)("npm", ["run", "--silent", "build:web"], { cwd, shell: process.platform === "win32" });
}
