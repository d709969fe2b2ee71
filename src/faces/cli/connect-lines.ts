import type { Access } from "../../serve/access.ts";
import type { Urls } from "../../serve/addresses.ts";

/** Commands to paste, that connect Claude Code to the relay. */
export interface ConnectLines {
  readonly http: string | undefined;
  readonly sse: string | undefined;
  /** Needs no relay: it works on the same database. */
  readonly stdio: string;
  readonly remote: readonly string[];
  /** Makes a code for another machine; undefined where none can reach the relay. */
  readonly invite: string | undefined;
}

export interface Connectable {
  readonly urls: Urls;
  readonly access: Access;
  readonly db: string;
  readonly isFromNpx: boolean;
}

export function connectLines({ urls: { local, remote }, access, db, isFromNpx }: Connectable): ConnectLines {
  const here = header(access, access.path === undefined ? undefined : `$(cat ${quote(access.path)})`);
  const there = header(access, undefined);
  const program = isFromNpx ? "npx -y claude-bridge" : "claude-bridge";
  const invite = `${program} invite --db ${quote(db)}`;
  return {
    http: local === undefined ? undefined : `${add} --transport http -s user claude-bridge ${local}/mcp${here}`,
    sse: local === undefined ? undefined : `${add} --transport sse -s user claude-bridge ${local}/sse${here}`,
    stdio: `${add} -s user claude-bridge -- ${program} --stdio --db ${quote(db)}`,
    remote: remote.map((url) => `${add} --transport http -s user claude-bridge ${url}/mcp${there}`),
    invite: remote.length > 0 ? invite : undefined,
  };
}

const add = "claude mcp add";

/**
 * The last argument, as `--header` takes all that follow it. A token stands in it only once, when it is new:
 * screens are seen and logs are kept. Otherwise the shell puts it in.
 */
function header({ token, isNew }: Access, fromFile: string | undefined): string {
  if (token === undefined) return "";
  return ` --header "Authorization: Bearer ${isNew ? token : (fromFile ?? "$CLAUDE_BRIDGE_AUTH_TOKEN")}"`;
}

/** As one word of a POSIX shell. */
export const quote = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
