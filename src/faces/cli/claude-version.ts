import { execFile } from "node:child_process";

/** It starts a runtime of its own, which takes a second on a slow machine. */
const claudeAnswerMs = 5000;

/** The version of the Claude Code on the PATH; undefined when there is none, or it does not say so in time. */
export function claudeVersion(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: claudeAnswerMs, shell: process.platform === "win32" };
    execFile("claude", ["--version"], options, (error, stdout) => {
      resolve(error === null ? /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] : undefined);
    });
  });
}
