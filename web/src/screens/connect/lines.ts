/** What is pasted where, so that a client talks to the bridge. */

/** On a machine that has joined, and on the bridge's own. */
export const installLine = "npx -y claude-bridge install claude";

/** With its fingerprint the other machine talks to this bridge and to nobody else from the first byte on. */
export function joinLine(url: string, code: string, fingerprint: string | undefined): string {
  const pinned = url.startsWith("https:") && fingerprint !== undefined ? ` --fingerprint ${fingerprint}` : "";
  return `npx claude-bridge join ${url} ${code}${pinned}`;
}

/** For browsers: whoever opens it is signed in, once. */
export const joinLink = (url: string, code: string): string => `${url}/#signin=${code}`;

export interface ClientLine {
  readonly name: string;
  /** Where it goes, and what it needs. */
  readonly note: string;
  readonly text: string;
}

const token = "CLAUDE_BRIDGE_TOKEN";
const tokenNote = `${token} holds a token: claude-bridge token create makes one.`;

/** A line for each kind of client, the best first. Where the bridge asks for no credential there is none in them. */
export function clientLines(url: string, asksForCredential: boolean): readonly ClientLine[] {
  const needs = asksForCredential ? ` ${tokenNote}` : "";
  const bearer = `Authorization: Bearer $${token}`;
  // `--header` takes all that follow it, and so stands last.
  const header = asksForCredential ? ` --header "${bearer}"` : "";
  const headers = asksForCredential ? { headers: { Authorization: `Bearer \${${token}}` } } : {};
  const http = { type: "http", url: `${url}/mcp`, ...headers };
  const docker = asksForCredential ? ` -e ${token}` : "";
  return [
    {
      name: "Claude Code",
      note: "The plugin: tools, hooks, and what wakes an idle session. On a machine that has joined, or the bridge's own.",
      text: installLine,
    },
    {
      name: "Claude Code, HTTP",
      note: `Tools only, and nothing that wakes it.${needs}`,
      text: `claude mcp add --transport http -s user claude-bridge ${url}/mcp${header}`,
    },
    {
      name: ".mcp.json",
      note: `In a project's folder, for everybody who opens it.${needs}`,
      text: JSON.stringify({ mcpServers: { bridge: http } }, undefined, 2),
    },
    {
      name: "Codex",
      note: "In ~/.codex/config.toml, on a machine that has joined, or the bridge's own.",
      text: '[mcp_servers.bridge]\ncommand = "npx"\nargs = ["-y", "claude-bridge", "mcp"]',
    },
    {
      name: "curl",
      note: `From any script.${needs}`,
      text: `curl${asksForCredential ? ` -H "${bearer}"` : ""} --json '{"channel":"demo:hello","sender":"me","content":"hello"}' ${url}/api/send`,
    },
    {
      name: "Docker and CI",
      note: `A job that says it is done.${needs}`,
      text: `docker run --rm -e CLAUDE_BRIDGE_URL=${url}${docker} node:24 npx -y claude-bridge send ci:builds "built"`,
    },
  ];
}

/** Whether only programs of the bridge's own machine can use this address. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/** Where the bridge can be reached from elsewhere, the address that this page was loaded from first. */
export function addressesFor(origin: string, urls: readonly string[]): readonly string[] {
  const others = isLoopback(origin) && urls.length > 0 ? urls : [origin, ...urls];
  return [...new Set(others)];
}
