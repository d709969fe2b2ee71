import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";

export const repository = join(import.meta.dirname, "..", "..");
/** Everything that the benchmark writes, the databases too: what is measured must be a disk, and /tmp may be none. */
export const benchFolder = join(repository, ".cache", "bench");

/** Builds the product for this run alone, so that nobody's work disturbs it; answers its folder. */
export function buildProduct(scratch: string): string {
  const folder = join(scratch, "product");
  mkdirSync(folder);
  for (const part of ["bin", "package.json"]) cpSync(join(repository, part), join(folder, part), { recursive: true });
  const tsc = join(repository, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", join(repository, "tsconfig.build.json"), "--outDir", join(folder, "dist")];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  spawnSync(process.execPath, [join(repository, "scripts", "bundle.js"), join(folder, "dist")], { stdio: "inherit" });
  if (status !== 0) process.stderr.write(`the build has errors; what it made is measured all the same:\n${stdout}`);
  return folder;
}
