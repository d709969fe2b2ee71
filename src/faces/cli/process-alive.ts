/** Whether a process has this number now; it may be another than the one that had it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There is one, and it is another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
