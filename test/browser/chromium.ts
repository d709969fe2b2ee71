import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { isLong } from "../crash/extent.ts";

/** Why there is none; undefined when there is one. Installs Debian's where that is allowed. */
export function whyNoChromium(): string | undefined {
  if (process.platform !== "linux") return "Chromium is tested on Linux only";
  if (findChromium() === undefined) install();
  return findChromium() === undefined ? "chromium is not there; as root: apt-get install chromium" : undefined;
}

/**
 * Every name below `.example` leads to this machine, as an attacker's name server would have it. What Chromium itself has
 * against pages that ask this machine is left out: not every browser has it, and the bridge must not depend on it.
 */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? "chromium",
    chromiumSandbox: !isRoot(),
    args: ["--host-resolver-rules=MAP *.example 127.0.0.1", "--disable-features=LocalNetworkAccessChecks"],
  });
}

const findChromium = () =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "chromium"))
    .find((path) => existsSync(path));

const isRoot = () => process.getuid?.() === 0;

function install(): void {
  if (!isRoot()) return;
  const quiet = { stdio: "ignore", timeout: 180_000 } as const;
  // The files with these tests run beside each other; the second one waits for the first.
  const wait = ["-o", "DPkg::Lock::Timeout=120"];
  const args = [...wait, "install", "-y", "-q", "--no-install-recommends", "chromium"];
  const got = spawnSync("apt-get", args, quiet);
  if (got.status === 0 || !isLong) return;
  spawnSync("apt-get", ["update", "-q"], quiet);
  spawnSync("apt-get", args, quiet);
}
