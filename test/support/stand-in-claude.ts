import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/**
 * A `claude` that notes what it is asked to do, and keeps a list of it as the real one does; with `settings` it switches
 * the plugin on in them too.
 */
export function putClaude(
  home: string,
  { settings = false }: { readonly settings?: boolean } = {},
): () => readonly string[] {
  const log = join(home, "bin/asked.txt");
  const file = join(home, ".claude/settings.json");
  const script = `#!/usr/bin/env node
    const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
    const args = process.argv.slice(2).join(" ");
    if (args.endsWith("--json")) console.log('[{ "id": "bridge@claude-bridge", "name": "claude-bridge" }]');
    else if (args === "--version") console.log("2.1.330 (Claude Code)");
    else appendFileSync(${JSON.stringify(log)}, args + "\\n");
    if (${settings} && args.startsWith("plugin install")) {
      mkdirSync(${JSON.stringify(dirname(file))}, { recursive: true });
      writeFileSync(${JSON.stringify(file)}, '{"enabledPlugins":{"bridge@claude-bridge":true}}');
    }
  `;
  mkdirSync(join(home, "bin"), { recursive: true });
  writeFileSync(join(home, "bin/claude"), script);
  chmodSync(join(home, "bin/claude"), 0o755);
  return () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []);
}

/** Nothing but Node and what the test puts there is on it. */
export const pathOf = (home: string): string => [join(home, "bin"), dirname(process.execPath)].join(delimiter);
