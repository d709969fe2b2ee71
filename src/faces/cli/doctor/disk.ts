import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { type Check, ok, warning } from "./check.ts";

/** Credentials and settings are replaced as whole files, and need room for a moment. */
const littleBytes = 64 * 1024 * 1024;

/** The disk of what this machine has joined; that of the database is looked at with the database. */
export const disk: Check = {
  name: "disk",
  async *run({ config: { client } }) {
    const { bavail, bsize } = await statfs(thatExists(client.folder));
    const free = bavail * bsize;
    const text = `${Math.floor(free / 1024 / 1024)} MB free where credentials are kept`;
    yield free < littleBytes ? warning(text, "make room on the disk: what cannot be written is lost") : ok(text);
  },
};

function thatExists(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : thatExists(parent);
}
