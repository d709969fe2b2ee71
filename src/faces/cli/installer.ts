import { spawn } from "node:child_process";
import { programWords } from "./program-name.ts";

/** The command that connects Claude Code by its plugin. It shows each of its steps, and asks, before it changes anything. */
export interface Installer {
  /** As a person would type it. */
  readonly command: string;
  /** Runs it, in this terminal; its exit code. */
  run(): Promise<number>;
}

const args = ["install", "claude"];

export const createInstaller = (): Installer => ({
  command: [programWords(), ...args].join(" "),
  run: () => runSelf(args),
});

function runSelf(words: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const [program = ""] = process.argv.slice(1);
    const child = spawn(process.execPath, [...process.execArgv, program, ...words], { stdio: "inherit" });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
