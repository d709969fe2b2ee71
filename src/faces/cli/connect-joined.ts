import type { ClaudeFiles } from "../../config/client.ts";
import { isAtTerminal } from "./ask-person.ts";
import { quote } from "./connect-lines.ts";
import { createInstaller } from "./installer.ts";
import { note, print } from "./output.ts";
import { planClaude } from "./plan-claude.ts";
import { programWords } from "./program-name.ts";
import { warn } from "./warn.ts";

/** What connects clients by hand to a bridge that this machine has joined. No secret is in it. */
export interface HandLines {
  /** A command for Claude Code, over HTTP; without what wakes it. */
  readonly claude: string;
  /** For Codex's `config.toml`. */
  readonly codex: string;
  /** A project's `.mcp.json`. */
  readonly mcpJson: string;
}

export function handLines(name: string, url: string): HandLines {
  const program = programWords();
  const http = { type: "http", url: `${url}/mcp`, headersHelper: `${program} auth header ${quote(name)}` };
  const [command = "", ...words] = program.split(" ");
  const args = [...words, "mcp", "--bridge", name];
  return {
    claude: `claude mcp add-json -s user claude-bridge ${quote(JSON.stringify(http))}`,
    codex: `[mcp_servers.bridge]\ncommand = ${JSON.stringify(command)}\nargs = ${JSON.stringify(args)}`,
    mcpJson: JSON.stringify({ mcpServers: { bridge: { command, args } } }),
  };
}

/** Where the bridge has a certificate of its own, only our program knows whom to believe by itself. */
export function printHandLines({ claude, codex, mcpJson }: HandLines, certificateFile: string | undefined): void {
  note("Claude Code, over HTTP; claude-bridge install also gives it what wakes it:");
  print(claude);
  if (certificateFile !== undefined) {
    note(`It must be told of the bridge's certificate: start it with NODE_EXTRA_CA_CERTS=${quote(certificateFile)}`);
  }
  note("Codex, in ~/.codex/config.toml:");
  print(codex);
  note("A project's .mcp.json:");
  print(mcpJson);
}

/** The same command as in `install`, for programs that read what join has done. */
export const installCommand = (): string => createInstaller().command;

/** Connects Claude Code by its plugin, after somebody has seen how; where nobody is there, says how. */
export async function connectClaudeCode(claude: ClaudeFiles): Promise<void> {
  const { version, connection, command, run } = await planClaude(claude, createInstaller());
  if (connection !== undefined) {
    note(`Claude Code is connected by ${connection} already, and stays so; claude-bridge doctor looks at it`);
  } else if (run === undefined || !isAtTerminal()) {
    note(
      version === undefined ? "Claude Code is not on the PATH. Where it is, run:" : "Next, connect Claude Code with:",
    );
    print(command);
  } else {
    note(`Next, Claude Code ${version}, by: ${command}`);
    if ((await run()) !== 0) warn(`Claude Code is not connected; later: ${command}`);
  }
}
