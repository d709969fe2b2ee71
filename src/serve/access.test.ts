import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../config.ts";
import { configuredAccess, defaultAccess } from "./access.ts";

let folder: string;
let warnings: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claude-bridge-access-"));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function decide(flags: Readonly<Record<string, string | boolean>>) {
  const config = readConfig({ flags, env: {}, cwd: folder, homeDir: folder });
  return configuredAccess(config) ?? defaultAccess(config, (line) => warnings.push(line));
}

const tokenPath = () => join(folder, "claude-bridge.db.token");
const open = { token: undefined, source: undefined, path: undefined, isNew: false };

describe("access", () => {
  it.each(["127.0.0.1", "localhost", "::1", "127.8.8.8"])("is open on loopback (%s) without a token", (host) => {
    expect(decide({ host })).toEqual(open);
    expect(() => statSync(tokenPath())).toThrow("ENOENT");
  });

  it.each(["0.0.0.0", "::", "192.0.2.1", "box.local"])("needs a token beyond it (%s), made once", (host) => {
    const first = decide({ host });
    expect(first).toMatchObject({ isNew: true, path: tokenPath(), token: readFileSync(tokenPath(), "utf8").trim() });
    expect(decide({ host })).toEqual({ ...first, isNew: false });
    expect(warnings).toEqual([]);
  });

  it("keeps the token of its first start when it was on loopback in between", () => {
    const first = decide({ host: "0.0.0.0" });
    decide({});
    expect(decide({ host: "0.0.0.0" }).token).toBe(first.token);
  });

  it("makes the file for its owner alone, and warns when it is no longer", () => {
    decide({ host: "0.0.0.0" });
    expect(statSync(tokenPath()).mode & 0o777).toBe(0o600);
    chmodSync(tokenPath(), 0o644);
    decide({ host: "0.0.0.0" });
    expect(warnings).toEqual([`other users of this machine can read ${tokenPath()}; run: chmod 600 '${tokenPath()}'`]);
  });

  it("is never opened by an empty file", () => {
    writeFileSync(tokenPath(), "\n");
    expect(() => decide({ host: "0.0.0.0" })).toThrow("is empty, and must hold a token");
  });

  it("is by the configured token wherever it listens", () => {
    expect(decide({ authToken: "t" })).toEqual({ token: "t", source: "--auth-token", path: undefined, isNew: false });
    expect(decide({ authToken: "t", host: "0.0.0.0" }).token).toBe("t");
  });

  it("is open beyond loopback when that was asked for, with a warning that names who can reach it", () => {
    expect(decide({ host: "192.0.2.1", allowUnauthenticatedNetwork: true })).toEqual(open);
    expect(warnings).toEqual([
      "no token is asked for: whoever can reach 192.0.2.1 can read, send and clear every message",
    ]);
  });

  it("says what to do when the token cannot be kept", () => {
    expect(() => decide({ host: "0.0.0.0", db: "absent/claude-bridge.db" })).toThrow(
      /^could not write the bridge's token file \S+; set one with --auth-token-file$/,
    );
  });
});
