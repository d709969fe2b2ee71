import { readFileSync } from "node:fs";
import type { ClaudeFiles } from "../../config/client.ts";

/**
 * What connects Claude Code to a bridge, as its user settings say: the plugin, or an MCP server. Undefined when nothing
 * does. Its files are only read.
 */
export function claudeConnection({ settings, state }: ClaudeFiles): string | undefined {
  const plugins = Object.entries(objectIn(readJson(settings), "enabledPlugins"));
  const plugin = plugins.find(([name, isOn]) => /(?:^|@)claude-bridge(?:@|$)/.test(name) && isOn === true);
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
