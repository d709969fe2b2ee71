import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bin } from "../real-clients/product.ts";

export interface RelayOptions {
  /** Where it runs, and keeps its file. */
  readonly folder: string;
  /** The same port for a relay that comes back; a free one otherwise. */
  readonly port?: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
  /** A command that runs the relay, such as strace, with its arguments. */
  readonly through?: readonly string[];
}

/** The packed relay in a process of its own, which a test may do to as it likes. */
export interface Relay {
  readonly url: string;
  readonly port: number;
  readonly path: string;
  readonly pid: number;
  /** The exit code, or the name of the signal. */
  readonly exit: Promise<number | string>;
  stderr(): string;
  /** Sends the signal to it alone. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when it is gone. */
  kill(name?: NodeJS.Signals): Promise<number | string>;
  /** Memory in use, in MB; 0 where the system does not tell. */
  residentMb(): number;
}

const running = new Set<ChildProcess>();
const folders = new Set<string>();
// For a run that is broken off: nothing that a test has started stays behind.
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bridge-fault-"));
  folders.add(folder);
  return folder;
}

/** Kills what a test has left running. */
export async function endRelays(): Promise<void> {
  await Promise.all([...running].map(end));
}

/** Kills what a test has left running, and removes its folders. */
export async function cleanUp(): Promise<void> {
  await endRelays();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.clear();
}

async function end(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once("close", resolve));
  // A stopped process does not die of every signal before it goes on.
  child.kill("SIGCONT");
  child.kill("SIGKILL");
  await closed;
}

/** Room for as many readers as a fault may need. */
const roomy = { CLAUDE_BRIDGE_MAX_SSE: "20000", CLAUDE_BRIDGE_MAX_SSE_PER_CHANNEL: "20000" };

/** @throws Error with what it printed, when it ends before it listens. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { folder, port = 0, args = [], env = {}, node = [], through = [] } = options;
  const path = join(folder, "bridge.db");
  const own = [process.execPath, ...node, bin, "--port", `${port}`, "--db", path, "--json", ...args];
  const [file = "", ...rest] = [...through, ...own];
  const child = spawn(file, rest, {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, ...roomy, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exit = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? "");
    }),
  );
  const taken = await readPort(child, exit, () => stderr);
  const pid = child.pid ?? 0;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    path,
    pid,
    exit,
    stderr: () => stderr,
    signal: (name) => void child.kill(name),
    kill(name = "SIGKILL") {
      child.kill(name);
      return exit;
    },
    residentMb: () => residentMb(pid),
  };
}

/** From the line of JSON that it prints when it listens. */
async function readPort(child: ChildProcess, exit: Promise<number | string>, stderr: () => string): Promise<number> {
  let stdout = "";
  const line = new Promise<string>((resolve) =>
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.includes("\n")) resolve(stdout);
    }),
  );
  const ended = exit.then((code) => {
    throw new Error(`the relay ended with ${code}: ${stderr()}`);
  });
  return (JSON.parse(await Promise.race([line, ended])) as { port: number }).port;
}

function residentMb(pid: number): number {
  if (process.platform !== "linux") return 0;
  const [, kb = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kb) / 1024;
}
