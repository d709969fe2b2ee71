import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** For vitest, which calls it before the tests: what they see in a browser is what the source says now. */
export async function setup(): Promise<void> {
  const cwd = join(import.meta.dirname, "../..");
  // Under a test's own NODE_ENV it would be the page for development.
  const env = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)("npm", ["run", "--silent", "build:web"], { cwd, env, shell: process.platform === "win32" });
}
