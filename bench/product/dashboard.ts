import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repository } from "./build.ts";

/** Builds the dashboard into the built product, which has none for the other rows. */
export function buildDashboard(product: string): void {
  const vite = join(repository, "node_modules", "vite", "bin", "vite.js");
  const args = [
    vite,
    "build",
    join(repository, "web"),
    "--outDir",
    join(product, "dist", "web"),
    "--logLevel",
    "error",
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`the dashboard could not be built: ${stderr}`);
}
