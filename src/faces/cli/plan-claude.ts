import type { ClaudeFiles } from "../../config/client.ts";
import { claudeConnection } from "./claude-connection.ts";
import { claudeVersion } from "./claude-version.ts";
import type { Installer } from "./installer.ts";

/** What becomes of Claude Code on this machine. */
export interface ClaudePlan {
  /** Undefined when it is not on the PATH. */
  readonly version: string | undefined;
  /** By what it is connected already; undefined when by nothing. */
  readonly connection: string | undefined;
  /** The command that connects it, to be run now or later. */
  readonly command: string;
  /** Runs it; undefined where there is nothing to connect. */
  readonly run: Installer["run"] | undefined;
}

/**
 * Changes nothing: the command is shown before anybody runs it. What is connected already stays so, because an agent
 * must not have every tool twice.
 */
export async function planClaude(claude: ClaudeFiles, installer: Installer): Promise<ClaudePlan> {
  const [version, connection] = [await claudeVersion(), claudeConnection(claude)];
  const canRun = version !== undefined && connection === undefined;
  return { version, connection, command: installer.command, run: canRun ? () => installer.run() : undefined };
}
