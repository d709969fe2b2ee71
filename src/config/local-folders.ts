import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Sources } from "./find.ts";

/** Where this person's programs keep things on this machine, and where the clients beside us do. */
export interface LocalFolders {
  readonly home: string;
  /** What changes while we run: sockets, and what a hook has said already. */
  readonly state: string;
  /** What `install` puts down for good. */
  readonly data: string;
  readonly claude: string;
  readonly codex: string;
  /** The project that a session of Claude Code is about; otherwise where the process was started. */
  readonly project: string;
}

/** Touches nothing outside its argument. */
export function readLocalFolders({ env, homeDir, platform, cwd }: Omit<Sources, "flags" | "file">): LocalFolders {
  // A relative path in a variable of XDG is to be ignored, says its specification.
  const chosen = (variable: string) => {
    const path = env[variable];
    return path !== undefined && isAbsolute(path) ? path : undefined;
  };
  const windows = platform === "win32" ? chosen("LOCALAPPDATA") : undefined;
  return {
    home: homeDir,
    state: join(chosen("XDG_STATE_HOME") ?? windows ?? join(homeDir, ".local", "state"), "claude-bridge"),
    data: join(chosen("XDG_DATA_HOME") ?? windows ?? join(homeDir, ".local", "share"), "claude-bridge"),
    claude: chosen("CLAUDE_CONFIG_DIR") ?? join(homeDir, ".claude"),
    codex: chosen("CODEX_HOME") ?? join(homeDir, ".codex"),
    project: chosen("CLAUDE_PROJECT_DIR") ?? cwd,
  };
}

/** Those of this process. */
export const localFolders = (): LocalFolders =>
  readLocalFolders({ env: process.env, homeDir: homedir(), platform: process.platform, cwd: process.cwd() });
