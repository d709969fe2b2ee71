import { describe, expect, it } from "vitest";
import { placeIn, withServer, withoutServer } from "./toml-server.ts";

const server = { command: "node", args: ["/home/ada/.local/share/claude-bridge/plugin/bin/claude-bridge.js", "mcp"] };

const texts = {
  empty: "",
  "one line": 'model = "o5"\n',
  "no line end": 'model = "o5"',
  "blank lines at the end": "[a]\nb = 1\n\n\n",
  "line ends of Windows": "[a]\r\nb = 1\r\n",
  "other servers": '[mcp_servers.other]\ncommand = "x"\n[mcp_servers.other.env]\nA = "b"\n',
  "comments and strings": '# [mcp_servers.bridge]\ntext = """\n[mcp_servers.bridge]\ncommand = "y"\n"""\n',
};

describe.each(Object.entries(texts))("a file with %s", (_, text) => {
  it("keeps its text before the server, and has it back without", () => {
    const edited = withServer(text, server);
    expect(edited.startsWith(text)).toBe(true);
    expect(placeIn(text, server)).toBe("absent");
    expect(placeIn(edited, server)).toBe("own");
    expect(withoutServer(edited).trimEnd()).toBe(text.trimEnd());
  });
});

it("writes a table that says how to start the bridge", () => {
  expect(withServer('a = "b"\n', server)).toBe(
    `a = "b"\n\n[mcp_servers.bridge]\ncommand = "node"\nargs = ["${server.args[0]}", "mcp"]\n`,
  );
});

it("takes out the server's own tables, from between others", () => {
  const text = withServer("[a]\nb = 1\n", server);
  const more = `${text}[mcp_servers.bridge.env]\nA = "b"\n\n[c]\nd = 2\n`;
  expect(withoutServer(more)).toBe("[a]\nb = 1\n[c]\nd = 2\n");
});

it.each([
  '[mcp_servers.bridge]\ncommand = "mine"\n',
  '[mcp_servers."bridge"]\ncommand = "mine"\n',
  'mcp_servers.bridge.command = "mine"\n',
  '[mcp_servers]\nbridge = { command = "mine" }\n',
  'mcp_servers = { bridge = { command = "mine" } }\n',
  '[ mcp_servers . bridge ]\ncommand = "mine"\n',
])("knows somebody else's server in %j", (text) => {
  expect(placeIn(text, server)).toBe("other");
});
