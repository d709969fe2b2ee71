import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { createJournal, type Journal } from "./journal.ts";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running process. It and all that it started are killed when the test that started it is over. */
export interface Child {
  /** Of its standard output. */
  readonly lines: Journal<string>;
  readonly exited: Promise<Exit>;
  stderr(): string;
  write(line: string): void;
  /** Writes it as it is: a line is not ended. */
  type(keys: string): void;
  endInput(): void;
  kill(signal?: NodeJS.Signals): Promise<Exit>;
}

const alive = new Set<ChildProcess>();
process.once("exit", () => alive.forEach((child) => signalGroup(child, "SIGKILL")));

export function startChild({ file, args, cwd, env }: Command): Child {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  alive.add(child);
  const lines = createJournal<string>();
  createInterface({ input: child.stdout }).on("line", (line) => lines.add(line));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdin.on("error", () => {}); // it may be gone already, which `exited` tells
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      alive.delete(child);
      lines.end(`${file} ${args.join(" ")} ended with ${code ?? signal}; stderr: ${errors}`);
      resolve({ code, signal });
    });
  });
  exited.catch((error: unknown) => lines.end(String(error)));
  const kill = (signal: NodeJS.Signals = "SIGKILL") => {
    signalGroup(child, signal);
    return exited;
  };
  onTestFinished(async () => void (await kill()));
  return {
    lines,
    exited,
    stderr: () => errors,
    write: (line) => void child.stdin.write(`${line}\n`),
    type: (keys) => void child.stdin.write(keys),
    endInput: () => void child.stdin.end(),
    kill,
  };
}

/** What a command printed, once it has ended. */
export async function run(command: Command, withinMs = 60_000): Promise<Exit & { stdout: string; stderr: string }> {
  const child = startChild(command);
  child.endInput();
  const timer = setTimeout(() => void child.kill(), withinMs);
  const exit = await child.exited;
  clearTimeout(timer);
  return { ...exit, stdout: child.lines.all.join("\n"), stderr: child.stderr() };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // ESRCH: all of them are gone
  }
}
