import { quote } from "./connect-lines.ts";
import { isFromNpx } from "./program-name.ts";

/** The line that connects Claude Code to a bridge that this machine has joined, with no secret in it. */
export function connectLine(name: string, url: string): string {
  const program = isFromNpx() ? "npx -y claude-bridge" : "claude-bridge";
  const server = { type: "http", url: `${url}/mcp`, headersHelper: `${program} auth header ${quote(name)}` };
  return `claude mcp add-json -s user claude-bridge ${quote(JSON.stringify(server))}`;
}
