import { spawnSync } from "node:child_process";
import { isLong } from "./extent.ts";

/** The calls that show the order of reading, writing to the disk and answering. */
const calls = "read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync";

/**
 * The command that runs another one and writes its system calls to `output`, with what each descriptor is. It traces
 * from beside (`-D`), so that the process which is started is the one that is traced, and a signal reaches it.
 */
export const straceTo = (output: string): readonly string[] => [
  "strace",
  "-D",
  "-f",
  "-ttt",
  "-y",
  "-s",
  "64",
  "-o",
  output,
  "-e",
  `trace=${calls}`,
];

/** Why there is no trace here; undefined when there can be one. Installs strace where that is allowed. */
export function whyNoStrace(): string | undefined {
  if (process.platform !== "linux") return "strace is for Linux only";
  if (!traces()) install();
  return traces() ? undefined : "strace is not there, or may not trace; as root: apt-get install strace";
}

const traces = () => spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

function install(): void {
  if (process.getuid?.() !== 0) return;
  const quiet = { stdio: "ignore", timeout: 90_000 } as const;
  const got = spawnSync("apt-get", ["install", "-y", "-q", "strace"], quiet);
  if (got.status === 0 || !isLong) return;
  spawnSync("apt-get", ["update", "-q"], quiet);
  spawnSync("apt-get", ["install", "-y", "-q", "strace"], quiet);
}

/** One system call: the lines on which it began and ended, which strace writes in the order in which things happened. */
export interface Call {
  readonly name: string;
  /** What the descriptor is: a path, or `socket:[…]`. */
  readonly target: string;
  readonly text: string;
  readonly begun: number;
  readonly ended: number;
  readonly succeeded: boolean;
}

/** Joins what strace tells in two lines when calls of several threads overlap. */
export function readTrace(trace: string): readonly Call[] {
  const pending = new Map<string, { line: string; begun: number }>();
  const found: Call[] = [];
  for (const [at, text] of trace.split("\n").entries()) {
    const [, thread = "", rest = ""] = /^(\d+)\s+[\d.]+ (.*)$/.exec(text) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    if (rest.endsWith("<unfinished ...>")) {
      pending.set(thread, { line: rest.slice(0, -"<unfinished ...>".length).trimEnd(), begun: at });
      continue;
    }
    const first = resumed === null ? { line: "", begun: at } : pending.get(thread);
    if (first === undefined) continue;
    const call = parse(first.line + (resumed === null ? rest : (resumed[1] ?? "")));
    if (call !== undefined) found.push({ ...call, begun: first.begun, ended: at });
  }
  return found;
}

function parse(line: string): Omit<Call, "begun" | "ended"> | undefined {
  const match = /^(\w+)\(\d+<(.*?)>[,)](.*)$/.exec(line);
  if (match === null) return undefined;
  const [, name = "", target = "", text = ""] = match;
  return { name, target, text, succeeded: /= \d+$/.test(text.trimEnd()) };
}
