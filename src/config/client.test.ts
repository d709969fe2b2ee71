import { expect, it } from "vitest";
import { environmentToken } from "./client.ts";
import { readConfig, type Sources } from "../config.ts";

const client = (sources: Partial<Sources>) =>
  readConfig({ flags: {}, env: {}, cwd: "/srv", homeDir: "/home/ada", ...sources }).client;

it.each<[string, Partial<Sources>, string]>([
  ["Linux", {}, "/home/ada/.config/claude-bridge"],
  ["macOS", { platform: "darwin" }, "/home/ada/.config/claude-bridge"],
  ["XDG_CONFIG_HOME", { env: { XDG_CONFIG_HOME: "/conf" } }, "/conf/claude-bridge"],
  [
    "a relative XDG_CONFIG_HOME, which is none",
    { env: { XDG_CONFIG_HOME: "conf" } },
    "/home/ada/.config/claude-bridge",
  ],
])("keeps what is joined where %s keeps configuration", (_where, sources, folder) => {
  expect(client(sources).folder).toBe(folder);
});

it("keeps it in APPDATA on Windows", () => {
  const { folder } = client({ platform: "win32", env: { APPDATA: "/Users/ada/AppData/Roaming" } });
  expect(folder).toBe("/Users/ada/AppData/Roaming/claude-bridge");
});

it("names no bridge and no credential unless told", () => {
  expect(client({})).toMatchObject({ url: undefined, bridge: undefined, isDbFlag: false, token: undefined });
});

it("takes the address of a bridge from a flag before the variable", () => {
  const env = { CLAUDE_BRIDGE_URL: "http://env:1" };
  expect(client({ env })).toMatchObject({ url: "http://env:1", isUrlFlag: false });
  expect(client({ env, flags: { url: "https://flag:2/mcp" } })).toMatchObject({
    url: "https://flag:2",
    isUrlFlag: true,
  });
});

it("refuses an address that carries a secret, or is none", () => {
  expect(() => client({ flags: { url: "http://me:pw@host" } })).toThrow("--url must be an address such as");
  expect(() => client({ env: { CLAUDE_BRIDGE_URL: "host" } })).toThrow("CLAUDE_BRIDGE_URL must be an address such as");
});

it("takes a credential from variables only", () => {
  expect(environmentToken(client({ env: { CLAUDE_BRIDGE_TOKEN: "s3cret" } }))).toBe("s3cret");
  expect(() => environmentToken(client({ env: { CLAUDE_BRIDGE_TOKEN_FILE: "absent" } }))).toThrow(
    "CLAUDE_BRIDGE_TOKEN_FILE",
  );
});
