import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type JoinedBridge, readBridges, writeBridges } from "./bridges.ts";

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "claude-bridge-config-"));
  folder = join(home, "claude-bridge");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const bridge: JoinedBridge = {
  url: "http://10.0.0.2:8765",
  token: "s3cret",
  principal: { id: "p1", name: "win" },
  certificate: undefined,
  words: "otter-blue",
  joinedAt: "2026-11-22T10:00:00.000000Z",
};
const bridges = { current: "mac", known: new Map([["mac", bridge]]) };
const write = (text: string) => {
  writeBridges(folder, bridges);
  writeFileSync(join(folder, "bridges.json"), text);
};

describe("the bridges that a machine has joined", () => {
  it("are none at first", () => {
    expect(readBridges(folder)).toEqual({ current: undefined, known: new Map() });
  });

  it("come back as they were stored, for their owner alone", () => {
    writeBridges(folder, bridges);
    expect(readBridges(folder)).toEqual(bridges);
    expect(readdirSync(folder)).toEqual(["bridges.json"]);
    const modes = [folder, join(folder, "bridges.json")].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual(process.platform === "win32" ? [0o666, 0o666] : [0o700, 0o600]);
  });

  it.each(["", "{", "[]", '{"v":2,"bridges":{}}', '{"v":1,"bridges":{"mac":{"url":"http://x","token":"s3cret"}}}'])(
    "are not guessed from a broken file: %j",
    (text) => {
      write(text);
      expect(() => readBridges(folder)).toThrow(/bridges\.json is broken; repair it, or move it away and join again$/);
      expect(() => readBridges(folder)).not.toThrow("s3cret");
    },
  );

  it.skipIf(process.platform === "win32")("are not read from a file that others can read", () => {
    writeBridges(folder, bridges);
    chmodSync(join(folder, "bridges.json"), 0o640);
    expect(() => readBridges(folder)).toThrow(/^other users of this machine can read .+; run: chmod 600 /);
  });

  it("survive a current one that is gone", () => {
    writeBridges(folder, { ...bridges, current: "gone" });
    expect(readBridges(folder)).toEqual({ ...bridges, current: undefined });
  });
});
