import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** No tree of processes is deeper than that. */
const maxDepth = 64;

/** The ids of the processes that this one comes from, the nearest first. */
export function ancestors(pid: number = process.pid): readonly number[] {
  const found: number[] = [];
  for (let next = parentOf(pid); next !== undefined && next > 1 && found.length < maxDepth; next = parentOf(next)) {
    found.push(next);
  }
  return found;
}

function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  try {
    const parent = Number(process.platform === "linux" ? parentInProc(pid) : parentByPs(pid));
    return Number.isInteger(parent) && parent > 0 ? parent : undefined;
  } catch {
    // It has ended meanwhile, or may not be looked at.
    return undefined;
  }
}

/** The second field after the name, which stands in brackets and may hold any. */
const parentInProc = (pid: number) =>
  /^\S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, ""))?.[1];

const parentByPs = (pid: number) =>
  process.platform === "win32"
    ? undefined
    : execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).trim();
