import { open, stat } from "node:fs/promises";

/** Where a relay that runs in the background writes what it has to say. */
export const logFileOf = (db: string): string => `${db}.relay.log`;

/** Lines are short; of one that is not, the end is enough. */
const maxTailBytes = 1024 * 1024;

/** The last lines of a file, at most `count`, of its last megabyte; none when it is absent. */
export async function lastLines(path: string, count: number): Promise<readonly string[]> {
  const size = await sizeOf(path);
  const from = Math.max(0, size - maxTailBytes);
  const lines = (await readFrom(path, from, size)).split("\n").filter((line) => line !== "");
  return count === 0 ? [] : lines.slice(-count);
}

/** In bytes; 0 when it is absent. */
export const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** What stands in the file between two positions. */
export async function readFrom(path: string, from: number, to: number): Promise<string> {
  if (to <= from) return "";
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
