import { claudeConnection } from "../claude-connection.ts";
import { claudeVersion } from "../claude-version.ts";
import { type Check, ok, warning } from "./check.ts";

/** Claude Code, and how it is connected: by the plugin, or by a line of `claude mcp add`. */
export const claudeCode: Check = {
  name: "claude_code",
  async *run({ config: { client } }) {
    const version = await claudeVersion();
    if (version === undefined) {
      return yield warning("Claude Code is not on the PATH", "install it, or add its folder to the PATH");
    }
    const way = claudeConnection(client.claude);
    if (way !== undefined) return yield ok(`Claude Code ${version}, connected by ${way}`);
    yield warning(
      `Claude Code ${version} is not connected to a bridge by its user settings`,
      "claude-bridge install claude, which shows what it would do first",
    );
  },
};
