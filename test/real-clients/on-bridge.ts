import type { BridgeProcess } from "./bridge-process.ts";
import { type ClaudeHome, makeClaudeHome } from "./claude.ts";
import { type Correspondent, createCorrespondent } from "./correspondent.ts";

/** How a client is connected to its bridge. */
export const connections = {
  /** The plugin, as it is installed. */
  plugin: (home: ClaudeHome) => home.paste("claude-bridge install claude"),
  /** The program beside the client, and nothing that would find it but the client. */
  shim: (home: ClaudeHome, url: string) => home.paste(addShim(url)),
  /** The same, where the client has no socket for it. */
  shimWithoutSocket: (home: ClaudeHome, url: string) =>
    home.paste(addShim(url, "--env CLAUDE_CODE_MESSAGING_SOCKET= ")),
  /** Nothing of ours on the machine. */
  http: (home: ClaudeHome, url: string) =>
    home.paste(
      `claude mcp add --scope user --transport http claude-bridge ${url}/mcp --header "Claude-Bridge-Agent: ada"`,
    ),
} as const;

const addShim = (url: string, env = "") =>
  `claude mcp add --scope user ${env}--transport stdio claude-bridge -- claude-bridge mcp --url ${url}`;

export interface OnBridge {
  readonly home: ClaudeHome;
  readonly mail: Correspondent;
}

export interface OnBridgeOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Of the client. */
  readonly settings?: object;
  /** By which it comes to the bridge, where that is not the bridge's own. */
  readonly url?: string;
}

/** With these the client takes nothing from its socket: mail is seen by other ways only. */
export const deaf = { crossSessionInbound: "refuse" };

/** A client's home that is connected to the bridge, and somebody who writes to its agent. */
export async function connectHome(
  claude: string,
  bridge: BridgeProcess,
  connection: keyof typeof connections,
  { env = {}, settings, url = bridge.url }: OnBridgeOptions = {},
): Promise<OnBridge> {
  const home = await makeClaudeHome(claude, { ...env, CLAUDE_BRIDGE_URL: url });
  if (settings !== undefined) await home.configure(settings);
  await connections[connection](home, url);
  return { home, mail: createCorrespondent(bridge.url) };
}
