import { describe, expect, it } from "vitest";
import { addressesFor, clientLines, joinLine } from "./lines.ts";

describe("the lines that connect clients", () => {
  it("have the header last, as it takes all that follow it, and no token in them", () => {
    const [, http] = clientLines("http://10.0.0.2:8765", true);
    expect(http?.text).toBe(
      'claude mcp add --transport http -s user claude-bridge http://10.0.0.2:8765/mcp --header "Authorization: Bearer $CLAUDE_BRIDGE_TOKEN"',
    );
  });

  it("ask for no token where the bridge asks for none", () => {
    const all = clientLines("http://localhost:8765", false).map(({ text, note }) => text + note);
    expect(all.filter((line) => /token|Bearer/i.test(line))).toEqual([]);
  });

  it("are JSON where they are to be JSON", () => {
    const json = clientLines("http://10.0.0.2:8765", true).find(({ name }) => name === ".mcp.json")?.text ?? "";
    expect(JSON.parse(json)).toMatchObject({ mcpServers: { bridge: { url: "http://10.0.0.2:8765/mcp" } } });
  });

  it("pin a certificate, where there is one to pin", () => {
    expect(joinLine("https://a:1", "K7QF-4TM2", "ab")).toMatch(/ --fingerprint ab$/);
    expect(joinLine("http://a:1", "K7QF-4TM2", "ab")).toBe("npx claude-bridge join http://a:1 K7QF-4TM2");
  });
});

describe("the addresses for other machines", () => {
  it("leave out this machine's own name for itself, unless there is no other", () => {
    expect(addressesFor("http://localhost:8765", ["http://10.0.0.2:8765"])).toEqual(["http://10.0.0.2:8765"]);
    expect(addressesFor("http://localhost:8765", [])).toEqual(["http://localhost:8765"]);
  });

  it("begin with the one that this page came from, as it is known to work", () => {
    const [a, b] = ["http://10.0.0.2:8765", "http://100.64.0.1:8765"];
    expect(addressesFor(b, [a, b])).toEqual([b, a]);
  });
});
