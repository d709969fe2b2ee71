import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { expect, vi } from "vitest";
import { bin } from "../real-clients/product.ts";

/** Tests that need a terminal are skipped where there is no tmux. */
export const hasTmux = spawnSync("tmux", ["-V"]).status === 0;

/** `claude-bridge` at a terminal, as a person has it. */
export interface Terminal {
  /** What is to be seen now, without colours. */
  screen(): string;
  /** The same with them, and with what is bold. */
  styledScreen(): string;
  /** Waits until it is to be seen. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
  /** Presses keys, by tmux's names for those that have no letter. */
  press(...keys: readonly string[]): void;
  /** What programs have put into the clipboard. */
  clipboard(): string;
}

const servers = new Set<string>();

export interface TerminalOptions {
  readonly cwd: string;
  readonly path?: string | undefined;
}

export function startAtTerminal(
  args: readonly string[],
  { cwd, path = process.env["PATH"] }: TerminalOptions,
): Terminal {
  const server = `claude-bridge-${randomBytes(6).toString("hex")}`;
  servers.add(server);
  const tmux = (...words: readonly string[]) =>
    execFileSync("tmux", ["-L", server, "-f", "/dev/null", ...words], { encoding: "utf8" });
  const env = ["env", "-i", `PATH=${path}`, `HOME=${cwd}`, "TERM=screen", "LANG=C.UTF-8"];
  const command = [...env, process.execPath, bin, ...args].map((word) => `'${word}'`).join(" ");
  const size = ["-x", "200", "-y", "60"];
  // What is left on the screen when the program has ended can still be looked at.
  tmux(
    "new-session",
    "-d",
    ...size,
    "-c",
    cwd,
    `${command}; echo "ended with $?"; sleep 1000`,
    ";",
    "set-option",
    "-s",
    "set-clipboard",
    "on",
  );
  const screen = () => tmux("capture-pane", "-p", "-J");
  return {
    screen,
    styledScreen: () => tmux("capture-pane", "-e", "-p", "-J"),
    shows: (pattern) =>
      vi.waitFor(
        () => {
          const match = pattern.exec(screen());
          if (match === null) expect(screen()).toMatch(pattern);
          return match ?? expect.unreachable();
        },
        { timeout: 15_000 },
      ),
    press: (...keys) => void tmux("send-keys", ...keys),
    clipboard: () => tmux("show-buffer"),
  };
}

/** Ends every terminal that was started here, and what runs in it. */
export function closeTerminals(): void {
  for (const server of servers) spawnSync("tmux", ["-L", server, "kill-server"]);
  servers.clear();
}
