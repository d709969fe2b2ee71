import type { ClaudeFiles } from "../../../config/client.ts";
import { claudeConnection } from "../claude-connection.ts";
import { claudeVersion } from "../claude-version.ts";
import { connectLine } from "../connect-joined.ts";
import { connectLines } from "../connect-lines.ts";
import { isFromNpx } from "../program-name.ts";
import type { Identity } from "./join-own-relay.ts";

/** The command that connects Claude Code by its plugin. */
export interface Installer {
  /** As a person would type it. */
  readonly command: string;
  /** Runs it, in this terminal; its exit code. */
  run(): Promise<number>;
}

/** What becomes of Claude Code on this machine. */
export interface ClaudePlan {
  /** Undefined when it is not on the PATH. */
  readonly version: string | undefined;
  /** By what it is connected already; undefined when by nothing. */
  readonly connection: string | undefined;
  /** The command that connects it, to be run now or later. */
  readonly command: string;
  /** Runs it; undefined where only a person can. */
  readonly run: Installer["run"] | undefined;
}

export interface Connectable {
  readonly identity: Identity | undefined;
  readonly url: string;
  readonly db: string;
  readonly claude: ClaudeFiles;
}

/** Changes nothing: the command is shown before anybody runs it. */
export async function planClaude(
  { identity, url, db, claude }: Connectable,
  installer: Installer | undefined,
): Promise<ClaudePlan> {
  const [version, connection] = [await claudeVersion(), claudeConnection(claude)];
  const command = installer?.command ?? byHand(identity, url, db);
  const canRun = version !== undefined && connection === undefined;
  return { version, connection, command, run: canRun && installer !== undefined ? () => installer.run() : undefined };
}

function byHand(identity: Identity | undefined, url: string, db: string): string {
  if (identity !== undefined) return connectLine(identity.bridge, url);
  const access = { token: undefined, source: undefined, path: undefined, isNew: false };
  const lines = connectLines({ urls: { local: url, remote: [] }, access, db, isFromNpx: isFromNpx() });
  return lines.http ?? lines.stdio;
}
