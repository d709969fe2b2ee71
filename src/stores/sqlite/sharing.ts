/** The first release in which two connections can write to one file in WAL mode without damaging it (the WAL-reset bug). */
const firstSafe = [3, 51, 3] as const;

/** Whether processes with this version of SQLite may write to the same database. */
export function mayShareFile(sqliteVersion: string): boolean {
  const parts = sqliteVersion.split(".").map(Number);
  for (const [at, wanted] of firstSafe.entries()) {
    const part = parts[at] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
