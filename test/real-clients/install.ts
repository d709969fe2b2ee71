import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

// The real clients weigh 500 MB, so they are no dependency of the package: whoever runs these tests gets them here,
// once per lock file, in a folder that git ignores.

const here = import.meta.dirname;
const cache = join(here, "../../.cache");
const installed = join(cache, "real-clients");
const failure = join(cache, "real-clients-failure.txt");
const files = ["package.json", "package-lock.json"] as const;

export type Clients =
  | { readonly kind: "available"; readonly claude: string; readonly inspector: string; readonly conformance: string }
  | { readonly kind: "unavailable"; readonly reason: string };

/** Where the clients are, or why they are not. */
export function findClients(): Clients {
  if (!isInstalled()) return { kind: "unavailable", reason: reasonOfFailure() };
  const modules = join(installed, "node_modules");
  const platform = readdirSync(join(modules, "@anthropic-ai")).find((name) => name.startsWith("claude-code-"));
  if (platform === undefined)
    return { kind: "unavailable", reason: "the claude client does not ship for this platform" };
  return {
    kind: "available",
    // The binary itself: the launcher beside it works only after an install script, and a launcher survives a kill.
    claude: join(modules, "@anthropic-ai", platform, process.platform === "win32" ? "claude.exe" : "claude"),
    inspector: join(modules, "@modelcontextprotocol/inspector/clients/launcher/build/index.js"),
    conformance: join(modules, "@modelcontextprotocol/conformance/dist/index.js"),
  };
}

/** Installs the clients that the lock file names, unless they are there. Never throws: see `findClients`. */
export async function installClients(): Promise<void> {
  if (isInstalled()) return;
  const staging = join(cache, `real-clients-${process.pid}`);
  try {
    await mkdir(staging, { recursive: true });
    await Promise.all(files.map((name) => cp(join(here, name), join(staging, name))));
    // Without install scripts: npm asks for leave to run them, and nothing here needs them.
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await promisify(execFile)("npm", args, {
      cwd: staging,
      timeout: maxInstallMs,
      shell: process.platform === "win32",
    });
    await writeFile(join(staging, "stamp"), lockHash());
    await rm(installed, { recursive: true, force: true });
    await rename(staging, installed);
    await rm(failure, { force: true });
  } catch (error) {
    await writeFile(failure, error instanceof Error ? error.message : String(error));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** For vitest, which calls it once before the tests. */
export async function setup(): Promise<void> {
  await installClients();
  const clients = findClients();
  if (clients.kind === "unavailable") console.warn(`The tests that need them are skipped: ${clients.reason}`);
}

const maxInstallMs = 10 * 60_000;

const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(join(here, "package-lock.json")))
    .digest("hex");

function isInstalled(): boolean {
  const stamp = join(installed, "stamp");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash();
}

function reasonOfFailure(): string {
  if (!existsSync(failure)) return "the real clients are not installed";
  const [command = "", error = ""] = readFileSync(failure, "utf8").split("\n");
  return `the real clients could not be installed: ${command}: ${error}`;
}
