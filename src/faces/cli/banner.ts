import { visible } from "../../core/visible.ts";
import type { Access } from "../../serve/access.ts";
import { isLoopback, type Urls } from "../../serve/addresses.ts";
import type { BridgeStatus } from "../../serve/ask-status.ts";
import type { Fingerprint } from "../../serve/fingerprint.ts";
import { connectLines, quote } from "./connect-lines.ts";

/** What a relay that has started says of itself. */
export interface RelayFacts {
  readonly version: string;
  readonly db: string;
  readonly messages: number;
  readonly host: string;
  readonly port: number;
  /** Only what answered. */
  readonly urls: Urls;
  readonly access: Access;
  readonly fingerprint: Fingerprint;
  /** The file of a certificate that the bridge has made itself, so that nobody trusts it yet. */
  readonly ownCertificate: string | undefined;
  readonly hasDashboard: boolean;
  readonly retentionDays: number;
  readonly isFromNpx: boolean;
}

const rule = "━".repeat(50);

export function toBanner(facts: RelayFacts): string {
  const { version, db, messages } = facts;
  const { http, sse, stdio, remote, invite } = connectLines(facts);
  const here = [http, sse, stdio].filter((line) => line !== undefined);
  const notes = [...authRows(facts), ...certificateRows(facts), ...retentionRows(facts)];
  return [
    rule,
    "  Claude Bridge",
    `  Version: ${version}`,
    `  DB: ${db} (${messages} ${messages === 1 ? "message" : "messages"})`,
    "",
    ...urlRows(facts),
    ...(notes.length > 0 ? [""] : []),
    ...notes,
    "",
    "  Connect Claude Code on this machine, with one of:",
    ...here.map((line) => `    ${line}`),
    ...(invite === undefined ? [] : ["", "  Add a machine: paste there what this prints here:", `    ${invite}`]),
    ...(remote.length > 0 ? ["", `  On another machine${tokenHint(facts)}:`] : []),
    ...remote.map((line) => `    ${line}`),
    rule,
  ].join("\n");
}

/** Everything of the banner as one line of JSON. */
export function toJson(facts: RelayFacts): string {
  const { version, db, messages, port, urls, access, fingerprint, retentionDays } = facts;
  const { dashboard, mcp, sse, state, status } = localUrls(facts);
  const remote = urls.remote.map((url) => `${url}/mcp`);
  return JSON.stringify({
    v: 1,
    service: "claude-bridge",
    version,
    db,
    messages,
    port,
    urls: { dashboard, mcp, sse, remote, state, status },
    auth: { required: access.token !== undefined, source: access.source, token_file: access.path },
    fingerprint,
    certificate_file: facts.ownCertificate,
    retention_days: retentionDays,
    connect: connectLines(facts),
  });
}

/** Said in place of the banner when the default port has a bridge already. */
export function alreadyRunning(
  { url, version, status }: BridgeStatus,
  { isJson }: { readonly isJson: boolean },
): string {
  if (isJson) return JSON.stringify({ v: 1, service: "claude-bridge", already_running: true, status, version, url });
  return [
    // Whoever has the port says so, and it may be anybody.
    visible(`Already running: claude-bridge ${version} is ${status} at ${url}/`, { keepsLines: false }),
    "For a second bridge choose another port with --port, and another database with --db.",
  ].join("\n");
}

function localUrls({ urls: { local }, hasDashboard }: RelayFacts) {
  if (local === undefined) return {};
  return {
    dashboard: hasDashboard ? `${local}/` : undefined,
    mcp: `${local}/mcp`,
    sse: `${local}/sse`,
    state: `${local}/api/state`,
    status: `${local}/status`,
  };
}

function urlRows(facts: RelayFacts): readonly string[] {
  const { dashboard, mcp, sse, state, status } = localUrls(facts);
  const rows: readonly (readonly [string | undefined, string])[] = [
    [dashboard, "Dashboard"],
    [mcp, "Local MCP config"],
    [sse, "Local MCP config (SSE)"],
    ...facts.urls.remote.map((url) => [`${url}/mcp`, "Remote machines"] as const),
    [state, "State as JSON"],
    [status, "Health check"],
  ];
  const width = Math.max(0, ...rows.map(([url]) => url?.length ?? 0));
  return rows.flatMap(([url, purpose]) => (url === undefined ? [] : [`  ${url.padEnd(width)}  ← ${purpose}`]));
}

function authRows({ access: { token, source, path, isNew }, host }: RelayFacts): readonly string[] {
  if (token === undefined) return isLoopback(host) ? [] : ["  Auth: none, open to the network"];
  if (isNew) return [`  Auth: Bearer token required; made now, shown only this once, kept in ${path}`];
  return [`  Auth: Bearer token required (from ${path ?? source})`];
}

function certificateRows({ fingerprint: { of, words, sha256 }, ownCertificate }: RelayFacts): readonly string[] {
  if (of !== "certificate") return [];
  const rows = [`  Certificate: ${words}`, `    SHA-256 ${sha256}`];
  if (ownCertificate === undefined) return rows;
  return [
    ...rows,
    `    self-signed; Claude Code trusts it with NODE_EXTRA_CA_CERTS=${quote(ownCertificate)}, or with a copy`,
  ];
}

/** The line for another machine cannot read a file of this one. */
function tokenHint({ access: { path, isNew } }: RelayFacts): string {
  return path === undefined || isNew ? "" : `, with the token of ${path} as CLAUDE_BRIDGE_AUTH_TOKEN`;
}

function retentionRows({ retentionDays }: RelayFacts): readonly string[] {
  if (retentionDays === 0) return [];
  return [`  Retention: messages are deleted after ${retentionDays} ${retentionDays === 1 ? "day" : "days"}`];
}
