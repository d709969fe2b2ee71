import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { ConfigError, readConfig, readToken, type Sources } from "../config.ts";
import { readConfigFile } from "./files.ts";

const base: Sources = { flags: {}, env: {}, cwd: "/srv", homeDir: "/home/ada" };
const file = (content: Record<string, unknown>) => ({ path: "/etc/bridge/config.json", content });
const config = (sources: Partial<Sources>) => readConfig({ ...base, ...sources });

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "not refused";
}

describe("the token", () => {
  const env = { CLAUDE_BRIDGE_AUTH_TOKEN: "from-env" };

  it.each([
    ["--auth-token", { authToken: "from-flag", authTokenFile: "t" }, {}],
    ["--auth-token-file", { authTokenFile: "t" }, {}],
    ["CLAUDE_BRIDGE_AUTH_TOKEN", {}, { auth_token: "from-file" }],
  ])("is taken from %s before what comes after it", (label, flags, content) => {
    expect(config({ flags, env, file: file(content) }).token?.label).toBe(label);
  });

  it("can be in the configuration file, or in a file that it names", () => {
    expect(config({ file: file({ auth_token: "t" }) }).token).toMatchObject({ kind: "value", value: "t" });
    expect(config({ file: file({ auth_token_file: "t" }) }).token).toMatchObject({
      kind: "file",
      path: "/etc/bridge/t",
    });
  });

  it.each(["", " ", "abc ", " abc", "a\nb", "ключ"])("is never %j, which is not repeated", (given) => {
    const message = refusal(() => config({ flags: { authToken: given } }));
    expect(message).toBe("--auth-token must be printable ASCII without blanks at its ends, and not empty");
    expect(refusal(() => config({ env: { CLAUDE_BRIDGE_AUTH_TOKEN: given } }))).toContain(
      "CLAUDE_BRIDGE_AUTH_TOKEN must",
    );
  });
});

describe("files", () => {
  const folder = mkdtempSync(join(tmpdir(), "claude-bridge-config-"));
  const path = join(folder, "file");
  const tokenOf = () => readToken({ kind: "file", label: "--auth-token-file", path });
  afterEach(() => rmSync(path, { force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("give the token without the white space after it", () => {
    writeFileSync(path, "secret token\r\n \n");
    expect(tokenOf()).toBe("secret token");
  });

  it.each(["", "\n", " \t\n"])("that hold no token, but %j, are refused", (content) => {
    writeFileSync(path, content);
    expect(refusal(tokenOf)).toBe(`--auth-token-file: ${path} is empty, and must hold a token`);
  });

  it("that hold what no header can carry are refused, without showing it", () => {
    writeFileSync(path, "one\ntwo\n");
    expect(refusal(tokenOf)).toMatch(/^--auth-token-file: the token in \S+ must be printable/);
    expect(refusal(tokenOf)).not.toContain("two");
  });

  it("that cannot be read are refused", () => {
    expect(refusal(tokenOf)).toMatch(/^could not read --auth-token-file: ENOENT/);
  });

  it("with settings may be absent, unless they were asked for", () => {
    expect(readConfigFile(path, { label: undefined })).toBeUndefined();
    expect(refusal(() => readConfigFile(path, { label: "--config" }))).toMatch(
      /^could not read --config \(\S+\): ENOENT/,
    );
  });

  it.each(['{"auth_token": hunter2}', "[]", "null", "1", '{"a":'])(
    "with settings are refused when they are %s",
    (text) => {
      writeFileSync(path, text);
      const message = refusal(() => readConfigFile(path, { label: undefined }));
      expect(message).toContain(`${path} must be a JSON object`);
      expect(message).not.toContain("hunter2");
    },
  );
});
