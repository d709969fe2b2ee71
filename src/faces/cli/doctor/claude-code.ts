import { readFileSync } from "node:fs";
import type { ClaudeFiles } from "../../../config/client.ts";
import { claudeVersion } from "../claude-version.ts";
import { type Check, ok, warning } from "./check.ts";

/** Claude Code, and how it is connected: by the plugin, or by a line of `claude mcp add`. Its files are only read. */
export const claudeCode: Check = {
  name: "claude_code",
  async *run({ config: { client } }) {
    const version = await claudeVersion();
    if (version === undefined) {
      return yield warning("Claude Code is not on the PATH", "install it, or add its folder to the PATH");
    }
    const way = connectedBy(client.claude);
    if (way !== undefined) return yield ok(`Claude Code ${version}, connected by ${way}`);
    yield warning(
      `Claude Code ${version} is not connected to a bridge by its user settings`,
      "claude-bridge up, and join, print the line that connects it",
    );
  },
};

function connectedBy({ settings, state }: ClaudeFiles): string | undefined {
  const plugins = Object.entries(objectIn(readJson(settings), "enabledPlugins"));
  const plugin = plugins.find(([name, isOn]) => name.startsWith("claude-bridge@") && isOn === true);
  if (plugin !== undefined) return `the plugin ${plugin[0]}`;
  const server = Object.keys(objectIn(readJson(state), "mcpServers")).find((name) => name.includes("bridge"));
  return server === undefined ? undefined : `the MCP server ${server}`;
}

/** Undefined when it is absent, or no JSON: that is Claude Code's affair. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function objectIn(value: unknown, key: string): object {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return {};
  const member = (value as Readonly<Record<string, unknown>>)[key];
  return typeof member === "object" && member !== null ? member : {};
}
