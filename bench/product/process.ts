import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Context } from "./context.ts";

export interface Program extends AsyncDisposable {
  readonly pid: number;
  readonly child: ChildProcessWithoutNullStreams;
  /** The next whole line of its output. */
  line(): Promise<string>;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
}

/** The built program, as users start it, without this machine's settings. */
export function startProduct(
  { product, folder }: Context,
  args: readonly string[],
  options: ProgramOptions = {},
): Program {
  return startNode(folder, [...(options.node ?? []), join(product, "bin", "claude-bridge.js"), ...args], options.env);
}

export function startNode(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Program {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, ...env },
  });
  child.stdin.on("error", () => undefined);
  child.stderr.pipe(process.stderr);
  const exited = once(child, "exit");
  // Nothing that was started outlives the run, however that ends.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  return { pid: child.pid ?? 0, child, line: createLines(child), [Symbol.asyncDispose]: stop };

  async function stop(): Promise<void> {
    child.kill("SIGTERM");
    const giveUp = setTimeout(kill, 15_000);
    await exited;
    clearTimeout(giveUp);
  }
}

function createLines({ stdout }: ChildProcessWithoutNullStreams): () => Promise<string> {
  let text = "";
  const lines: string[] = [];
  let wake = () => {};
  let isOver = false;
  stdout.setEncoding("utf8");
  stdout.on("data", (chunk: string) => {
    const parts = (text + chunk).split("\n");
    text = parts.pop() ?? "";
    lines.push(...parts);
    wake();
  });
  stdout.on("close", () => {
    isOver = true;
    wake();
  });
  return async () => {
    for (;;) {
      const line = lines.shift();
      if (line !== undefined) return line;
      if (isOver) throw new Error("the process has ended");
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}
