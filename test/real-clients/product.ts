import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

// These tests run what users get: the packed tarball, not the source. It is unpacked inside the repository, where its
// dependencies are found; only the npx test installs it.

const root = join(import.meta.dirname, "../..");
const cache = join(root, ".cache");
const packed = join(cache, "packed");

/** The executable of the unpacked tarball. */
export const bin = join(packed, "package/bin/claude-bridge.js");

/** The tarball itself. */
export async function findTarball(): Promise<string> {
  const name = (await readdir(packed)).find((file) => file.endsWith(".tgz"));
  if (name === undefined) throw new Error("npm pack made no tarball");
  return join(packed, name);
}

/** Names this run of vitest, whose projects each ask for the product. */
const thisRun = `${process.pid} ${performance.timeOrigin}`;
const stamp = join(packed, "run");

/** For vitest, which calls it before the tests, once for each project that names this file. Packing builds. */
export async function setup(): Promise<void> {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === thisRun) return;
  const staging = join(cache, `packed-${process.pid}`);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    const pack = ["pack", "--pack-destination", staging, "--loglevel=error"];
    await promisify(execFile)("npm", pack, { cwd: root, shell: process.platform === "win32" });
    const [tarball = ""] = await readdir(staging);
    await promisify(execFile)("tar", ["-xzf", tarball], { cwd: staging });
    await writeFile(join(staging, "run"), thisRun);
    await rm(packed, { recursive: true, force: true });
    await rename(staging, packed);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  if (!existsSync(bin)) throw new Error(`the package ships no ${bin}`);
}
