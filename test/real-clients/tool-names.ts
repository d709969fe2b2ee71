/** The tools that a client must be offered, spelled out: dropping one is a change that its users notice. */
export const everyTool: readonly string[] = [
  "bridge_ack",
  "bridge_ask",
  "bridge_channels",
  "bridge_clear",
  "bridge_ping",
  "bridge_receive",
  "bridge_send",
  "bridge_status",
  "bridge_wait",
  "bridge_whoami",
];

/** What Claude Code calls a tool of the server named as our lines name it. */
export const inClaude = (tool: string): string => `mcp__claude-bridge__${tool}`;

/** The same of the server that the plugin brings. */
export const inPlugin = (tool: string): string => `mcp__plugin_bridge_bridge__${tool}`;
