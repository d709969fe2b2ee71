import { isAbsolute, join } from "node:path";
import { find, read, type Sources } from "./find.ts";
import { readSecretFile } from "./files.ts";

/** Which bridge a command asks, and as whom. */
export interface ClientConfig {
  /** Undefined: nobody named an address. */
  readonly url: string | undefined;
  /** It was a flag, which wins over everything else. */
  readonly isUrlFlag: boolean;
  /** The name of a bridge that this machine has joined. */
  readonly bridge: string | undefined;
  /** The database was named by a flag. */
  readonly isDbFlag: boolean;
  /** Somebody has said which database, by whatever setting. */
  readonly isDbSet: boolean;
  /** The credential of the environment, and the file that the command line or the environment names for it. */
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  /** What has named that file, for messages. */
  readonly tokenFileLabel: string;
  /** Who sends, and which agent asks; the login name unless told. */
  readonly sender: string | undefined;
  /** The folder of everything that join stores. */
  readonly folder: string;
  /** The folder of what this machine remembers beside that: agents' names, messages that wait for their bridge. */
  readonly stateFolder: string;
  /** Whether a browser could be shown to whoever is at the terminal. */
  readonly hasDisplay: boolean;
  /** Where Claude Code keeps its settings; they are read and never written. */
  readonly claude: ClaudeFiles;
}

export interface ClaudeFiles {
  /** With the plugins that are switched on. */
  readonly settings: string;
  /** With the MCP servers of the user. */
  readonly state: string;
}

/** Touches nothing outside its argument. */
export function readClientConfig(sources: Sources): ClientConfig {
  const { env, platform } = sources;
  return {
    url: read("url", sources),
    isUrlFlag: find("url", sources)?.source === "flag",
    bridge: read("bridge", sources),
    isDbFlag: find("db", sources)?.source === "flag",
    isDbSet: find("db", sources) !== undefined,
    token: read("clientToken", sources),
    tokenFile: read("clientTokenFile", sources),
    tokenFileLabel: "CLAUDE_BRIDGE_TOKEN_FILE",
    sender: read("sender", sources),
    folder: join(home(sources), "claude-bridge"),
    stateFolder: join(stateHome(sources), "claude-bridge"),
    hasDisplay:
      platform === "darwin" || platform === "win32" || (env["DISPLAY"] ?? env["WAYLAND_DISPLAY"] ?? "") !== "",
    claude: claudeFiles(sources),
  };
}

function claudeFiles({ env, homeDir }: Sources): ClaudeFiles {
  const chosen = env["CLAUDE_CONFIG_DIR"] ?? "";
  if (chosen !== "") return { settings: join(chosen, "settings.json"), state: join(chosen, ".claude.json") };
  return { settings: join(homeDir, ".claude", "settings.json"), state: join(homeDir, ".claude.json") };
}

/**
 * The credential of the environment.
 *
 * @throws ConfigError when its file cannot be read, or holds none.
 */
export function environmentToken({ token, tokenFile: path, tokenFileLabel: label }: ClientConfig): string | undefined {
  if (token !== undefined || path === undefined) return token;
  return readSecretFile({ label, path });
}

/** A relative `XDG_CONFIG_HOME` is to be ignored, says its specification. */
function home({ env, homeDir, platform }: Sources): string {
  const [xdg, appData] = [env["XDG_CONFIG_HOME"], env["APPDATA"]];
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  return platform === "win32" && appData !== undefined ? appData : join(homeDir, ".config");
}

function stateHome({ env, homeDir, platform }: Sources): string {
  const [xdg, localAppData] = [env["XDG_STATE_HOME"], env["LOCALAPPDATA"]];
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  return platform === "win32" && localAppData !== undefined ? localAppData : join(homeDir, ".local", "state");
}
