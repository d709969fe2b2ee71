import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bin } from "../real-clients/product.ts";

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
}

/** A running `claude-bridge`: the packed program, as users start it. */
export interface Cli {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code when the process has ended; the name of the signal that killed it otherwise. */
  readonly exit: Promise<number | string>;
  /** The first match in what it has printed to stdout, now or later; rejects when it ends without one. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly write: (text: string | Uint8Array) => void;
  readonly endInput: () => void;
}

const started = new Set<() => Promise<unknown>>();

/** Nothing of this machine's settings reaches it: neither variables nor the home folder's configuration. */
export function startCli(args: readonly string[], { cwd, env = {}, node = [] }: CliOptions): Cli {
  const child = spawn(process.execPath, [...node, bin, ...args], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, ...env },
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  child.stdin.on("error", () => undefined);
  const exit = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? signal ?? "")),
  );
  started.add(() => {
    child.kill("SIGKILL");
    return exit;
  });
  return {
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    exit,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output.stdout);
          if (match !== null) resolve(match);
        };
        child.stdout.on("data", look);
        child.once("close", () => reject(new Error(`ended without ${pattern}: ${output.stdout}${output.stderr}`)));
        look();
      }),
    kill: (signal) => void child.kill(signal),
    write: (text) => void child.stdin.write(text),
    endInput: () => void child.stdin.end(),
  };
}

/** Runs to the end. */
export async function runCli(args: readonly string[], options: CliOptions) {
  const cli = startCli(args, options);
  cli.endInput();
  const code = await cli.exit;
  return { code, stdout: cli.stdout(), stderr: cli.stderr() };
}

interface StartLine {
  readonly port: number;
  readonly db: string;
  readonly urls: Readonly<Record<"dashboard" | "mcp" | "sse" | "state" | "status", string>>;
  readonly connect: Readonly<Record<"http" | "sse" | "stdio", string>>;
}

/** A relay on a free port of loopback that says where it is in JSON. */
export async function startRelayProcess(args: readonly string[], options: CliOptions) {
  const cli = startCli(["--port", "0", "--json", ...args], options);
  const [line] = await cli.printed(/^.*\n/);
  const facts = JSON.parse(line) as StartLine;
  return { ...cli, facts, url: `http://127.0.0.1:${facts.port}` };
}

const folders = new Set<string>();

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "claude-bridge-cli-"));
  folders.add(folder);
  return folder;
}

/** Ends every process that was started here, then removes the folders. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...started].map((stop) => stop()));
  started.clear();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}
