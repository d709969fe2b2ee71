import { readFileSync } from "node:fs";

/** Whether a process has this number now; it may be another than the one that had it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // There is one, and it is another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** It has ended, and keeps its number until its parent asks for its exit code: in some containers for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    // The name before the state may have anything in it, also parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.startsWith(") Z ", stat.lastIndexOf(")"));
  } catch {
    return false;
  }
}
