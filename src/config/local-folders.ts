import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Sources } from "./find.ts";

/** Where `install` and the clients that it connects keep things on this machine. */
export interface LocalFolders {
  readonly home: string;
  /** What `install` puts down for good. */
  readonly data: string;
  readonly claude: string;
  readonly codex: string;
}

/** Touches nothing outside its argument. */
export function readLocalFolders({
  env,
  homeDir,
  platform,
}: Pick<Sources, "env" | "homeDir" | "platform">): LocalFolders {
  // A relative path in a variable of XDG is to be ignored, says its specification.
  const chosen = (variable: string) => {
    const path = env[variable];
    return path !== undefined && isAbsolute(path) ? path : undefined;
  };
  const windows = platform === "win32" ? chosen("LOCALAPPDATA") : undefined;
  return {
    home: homeDir,
    data: join(chosen("XDG_DATA_HOME") ?? windows ?? join(homeDir, ".local", "share"), "claude-bridge"),
    claude: chosen("CLAUDE_CONFIG_DIR") ?? join(homeDir, ".claude"),
    codex: chosen("CODEX_HOME") ?? join(homeDir, ".codex"),
  };
}

/** Those of this process. */
export const localFolders = (): LocalFolders =>
  readLocalFolders({ env: process.env, homeDir: homedir(), platform: process.platform });
