import { describe, expect, it } from "vitest";
import { alreadyRunning, type RelayFacts, toBanner, toJson } from "./banner.ts";

const open = { token: undefined, source: undefined, path: undefined, isNew: false };
const facts: RelayFacts = {
  version: "1.2.3",
  db: "/data/my bridge.db",
  messages: 1,
  host: "0.0.0.0",
  port: 8765,
  urls: { local: "http://localhost:8765", remote: ["http://10.0.0.2:8765"] },
  access: { token: "s3cret", source: "the bridge's token file", path: "/data/my bridge.db.token", isNew: false },
  fingerprint: { of: "epoch", sha256: "ab".repeat(32), words: "coral-acorn-window-igloo" },
  ownCertificate: undefined,
  hasDashboard: true,
  retentionDays: 0,
  isFromNpx: false,
};

describe("the banner", () => {
  it("looks like this", () => {
    const rule = "━".repeat(50);
    expect(toBanner(facts)).toBe(`${rule}
  Claude Bridge
  Version: 1.2.3
  DB: /data/my bridge.db (1 message)

  http://localhost:8765/           ← Dashboard
  http://localhost:8765/mcp        ← Local MCP config
  http://localhost:8765/sse        ← Local MCP config (SSE)
  http://10.0.0.2:8765/mcp         ← Remote machines
  http://localhost:8765/api/state  ← State as JSON
  http://localhost:8765/status     ← Health check

  Auth: Bearer token required (from /data/my bridge.db.token)

  Connect Claude Code on this machine, with one of:
    claude mcp add --transport http -s user claude-bridge http://localhost:8765/mcp --header "Authorization: Bearer $(cat '/data/my bridge.db.token')"
    claude mcp add --transport sse -s user claude-bridge http://localhost:8765/sse --header "Authorization: Bearer $(cat '/data/my bridge.db.token')"
    claude mcp add -s user claude-bridge -- claude-bridge --stdio --db '/data/my bridge.db'

  Add a machine: paste there what this prints here:
    claude-bridge invite --db '/data/my bridge.db'

  On another machine, with the token of /data/my bridge.db.token as CLAUDE_BRIDGE_AUTH_TOKEN:
    claude mcp add --transport http -s user claude-bridge http://10.0.0.2:8765/mcp --header "Authorization: Bearer $CLAUDE_BRIDGE_AUTH_TOKEN"
${rule}`);
  });

  it("shows the certificate's fingerprint, and how its own is trusted", () => {
    const withTls = { ...facts, fingerprint: { ...facts.fingerprint, of: "certificate" as const } };
    const rows = `  Certificate: coral-acorn-window-igloo\n    SHA-256 ${"ab".repeat(32)}\n`;
    expect(toBanner(withTls)).toContain(`${rows}\n`);
    expect(toBanner({ ...withTls, ownCertificate: "/data/my cert.pem" })).toContain(
      `${rows}    self-signed; Claude Code trusts it with NODE_EXTRA_CA_CERTS='/data/my cert.pem', or with a copy\n`,
    );
    expect(toBanner(facts)).not.toContain("coral");
    expect(JSON.parse(toJson(facts))).toMatchObject({ fingerprint: facts.fingerprint });
  });

  it("shows a token only when it is new", () => {
    const { access } = facts;
    expect(toBanner(facts) + toJson(facts)).not.toContain("s3cret");
    const fresh = toBanner({ ...facts, access: { ...access, isNew: true } });
    expect(fresh.match(/--header "Authorization: Bearer s3cret"$/gm)).toHaveLength(3);
  });

  it("says when it is open to the network, and nothing of access on loopback", () => {
    expect(toBanner({ ...facts, access: open })).toContain("  Auth: none, open to the network\n");
    const local = { ...facts, access: open, host: "127.0.0.1", urls: { ...facts.urls, remote: [] } };
    expect(toBanner(local)).not.toMatch(/Auth|--header|another machine|invite/);
  });

  it("leaves out what does not answer and what is not served", () => {
    expect(toBanner({ ...facts, hasDashboard: false })).not.toContain("Dashboard");
    const unreachable = toBanner({ ...facts, urls: { local: undefined, remote: [] } });
    expect(unreachable).not.toContain("http:");
    expect(unreachable).toContain("claude-bridge --stdio --db");
  });

  it("starts the program as it was started: npx leaves none behind", () => {
    expect(toBanner({ ...facts, isFromNpx: true })).toContain("-- npx -y claude-bridge --stdio --db");
  });
});

describe("a bridge that runs already", () => {
  const status = { url: "http://127.0.0.1:8765", version: "1.2.3", status: "online" };

  it("is shown with its version and address", () => {
    expect(alreadyRunning(status, { isJson: false })).toMatch(
      /^Already running: claude-bridge 1\.2\.3 is online at http:\/\/127\.0\.0\.1:8765\/\n/,
    );
  });

  it("cannot write on the terminal what it wants", () => {
    const forged = { ...status, version: "1\u001b[2J\nerror: paste this" };
    expect(alreadyRunning(forged, { isJson: false })).toContain("claude-bridge 1\\u{1b}[2J\\u{a}error: paste this is");
  });

  it("is one line of JSON with --json", () => {
    const line = alreadyRunning(status, { isJson: true });
    expect(JSON.parse(line)).toEqual({ v: 1, service: "claude-bridge", already_running: true, ...status });
    expect(line).not.toContain("\n");
  });
});
