import { describe, expect, it } from "vitest";
import type { ClaudePlan } from "../plan-claude.ts";
import type { UpFacts } from "./facts.ts";
import { toScreen, toUpJson } from "./screen.ts";

const facts: UpFacts = {
  name: "mac-studio",
  version: "1.0.0",
  db: "/srv/claude-bridge.db",
  messages: 1,
  pid: 4121,
  uptimeSeconds: 7200,
  wasRunning: false,
  addresses: {
    local: "http://localhost:8765",
    remote: [
      { url: "http://100.64.0.10:8765", network: "tailnet" },
      { url: "https://192.168.1.42:8765", network: "en0" },
    ],
  },
  hasDashboard: true,
  invitation: {
    command: "npx claude-bridge join http://100.64.0.10:8765 K7QF-4TM2",
    expiresAt: "2026-11-22T22:54:00Z",
    words: "otter-violet-maple-kiwi",
  },
  identity: { bridge: "mac-studio", machine: "mac", isNew: true },
  claude: undefined,
};

const claude: ClaudePlan = {
  version: "2.1.330",
  connection: undefined,
  command: "claude-bridge install claude",
  run: undefined,
};
const lineOf = (screen: string, start: string) => screen.split("\n").find((line) => line.trim().startsWith(start));

describe("the screen of up", () => {
  it("has every address, the identity, and the line for the next machine alone on its line", () => {
    const lines = toScreen(facts).split("\n");
    expect(lines[0]).toBe('  Bridge "mac-studio" is up. Data: /srv/claude-bridge.db (1 message)');
    expect(lines).toContain("  Dashboard   http://localhost:8765/");
    expect(lines).toContain("  Reach       http://100.64.0.10:8765    tailnet  <- other machines use this");
    expect(lines).toContain("              https://192.168.1.42:8765  en0");
    expect(lines).toContain("  Identity    this machine is mac on mac-studio");
    expect(lines).toContain("    npx claude-bridge join http://100.64.0.10:8765 K7QF-4TM2");
    expect(lines).toContain("  It must show the same fingerprint: otter-violet-maple-kiwi");
  });

  it("says that the relay was there before", () => {
    expect(toScreen({ ...facts, wasRunning: true })).toMatch(
      /^ {2}Already running: bridge "mac-studio" 1\.0\.0 \(pid 4121\), up 2 h\. /,
    );
  });

  it.each<[string, Partial<ClaudePlan>, string]>([
    ["is not there", { version: undefined }, "not on the PATH; when it is: claude-bridge install claude"],
    ["is connected", { connection: "the plugin bridge" }, "2.1.330, connected by the plugin bridge"],
    ["is for a person to connect", {}, "2.1.330; connect it with: claude-bridge install claude"],
    ["will be connected", { run: async () => 0 }, "2.1.330; to be connected by: claude-bridge install claude"],
  ])("says of a Claude Code that %s what to do", (_state, plan, text) => {
    const screen = toScreen({ ...facts, claude: { ...claude, ...plan } });
    expect(lineOf(screen, "Claude Code")).toBe(`  Claude Code ${text}`);
  });

  it("leaves out what there is not", () => {
    const alone: UpFacts = {
      ...facts,
      addresses: { local: facts.addresses.local, remote: [] },
      invitation: undefined,
      identity: undefined,
    };
    const screen = toScreen(alone);
    expect(screen).not.toMatch(/npx|fingerprint|Identity|Claude Code/);
    expect(lineOf(screen, "Reach")).toContain("this machine only");
    expect(JSON.parse(toUpJson(alone))).not.toHaveProperty("join");
  });
});
