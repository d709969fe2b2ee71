import { readdirSync, readFileSync } from "node:fs";

/** What the kernel knows of a process. Linux only: elsewhere every figure is undefined. */

/** Resident memory, in KB. */
export function residentKb(pid: number): number | undefined {
  return numberIn(`/proc/${pid}/status`, /^VmRSS:\s+(\d+)/m);
}

/** CPU time of all threads, in milliseconds: counted in nanoseconds, where `stat` counts in hundredths of a second. */
export function cpuMs(pid: number): number | undefined {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const times = tasks.map((task) =>
      Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]),
    );
    return times.reduce((sum, time) => sum + time, 0) / 1e6;
  } catch {
    return undefined;
  }
}

/** Bytes that the process had written to disk, and by which of the kernel's two counts. */
export interface Written {
  readonly bytes: number;
  readonly counted: "write_bytes" | "wchar";
}

/** `write_bytes` is what went to the disk; `wchar`, where that is not permitted, is what was passed to `write`. */
export function written(pid: number): Written | undefined {
  for (const counted of ["write_bytes", "wchar"] as const) {
    const bytes = numberIn(`/proc/${pid}/io`, new RegExp(`^${counted}: (\\d+)`, "m"));
    if (bytes !== undefined) return { bytes, counted };
  }
  return undefined;
}

/** How many files and sockets a process of ours may have open. Node asks for all that it may. */
export function openFilesLimit(): number {
  return numberIn("/proc/self/limits", /^Max open files\s+\d+\s+(\d+)/m) ?? Number.POSITIVE_INFINITY;
}

function numberIn(path: string, pattern: RegExp): number | undefined {
  try {
    const match = pattern.exec(readFileSync(path, "utf8"));
    return match === null ? undefined : Number(match[1]);
  } catch {
    return undefined;
  }
}
