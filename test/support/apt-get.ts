import { spawnSync } from "node:child_process";
import { isLong } from "../crash/extent.ts";

/** Installs a package of Debian where that is allowed; whether it is there afterwards, its user finds out. */
export function install(debianPackage: string): void {
  if (process.getuid?.() !== 0) return;
  const quiet = { stdio: "ignore", timeout: 90_000 } as const;
  const args = ["install", "-y", "-q", "--no-install-recommends", debianPackage];
  const got = spawnSync("apt-get", args, quiet);
  if (got.status === 0 || !isLong) return;
  spawnSync("apt-get", ["update", "-q"], quiet);
  spawnSync("apt-get", args, quiet);
}
