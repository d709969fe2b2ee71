import type { Config } from "../../config.ts";
import { chooseRemote } from "./choose-bridge.ts";
import { CommandError } from "./command-error.ts";
import { print } from "./output.ts";

/**
 * The headers that show this machine's credential, as JSON. Claude Code runs this as its `headersHelper` whenever it
 * connects, so that no token is in its configuration and one that was rotated is found by itself. No bridge is asked.
 */
export function authHeaderCommand(config: Config, name: string | undefined): void {
  const { token, url } = chooseRemote(config, name ?? config.client.bridge);
  if (token === undefined) {
    throw new CommandError("unauthorized", `this machine has no credential for ${url}`, {
      fix: "join the bridge with claude-bridge join, or set CLAUDE_BRIDGE_TOKEN_FILE",
    });
  }
  print(JSON.stringify({ Authorization: `Bearer ${token}` }));
}
