import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type BridgeHome, bridgeHome, type Invited } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";

let mac: BridgeHome;
let win: BridgeHome;
beforeEach(() => {
  mac = bridgeHome();
  win = bridgeHome();
});
afterEach(cleanUp);

describe("what is not there", () => {
  it("is told apart: a closed port, another program, a name without an address", async () => {
    const other = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
    await vi.waitUntil(() => other.listening);
    const { port } = other.address() as AddressInfo;
    const tried = await Promise.all([
      win.run("join", `http://127.0.0.1:${port}`, "K7QF-4TM2"),
      win.run("join", `https://127.0.0.1:${port}`, "K7QF-4TM2"),
      win.run("join", "bridge.invalid:8765", "K7QF-4TM2"),
    ]);
    other.close();
    const closed = await win.run("join", `127.0.0.1:${port}`, "K7QF-4TM2");
    expect([...tried, closed].map(({ code }) => code)).toEqual([5, 5, 5, 5]);
    expect([...tried, closed].map(({ stderr }) => stderr.split("\n")[0])).toEqual([
      `error: what answers at http://127.0.0.1:${port} is no Claude Bridge`,
      `error: 127.0.0.1:${port} speaks no TLS`,
      "error: the host name bridge.invalid has no address here",
      `error: reached 127.0.0.1, but its port ${port} is closed`,
    ]);
  });

  it("is an object on stderr with --json", async () => {
    const { code, stdout, stderr } = await win.run("join", "http://bridge.invalid:8765", "K7QF-4TM2", "--json");
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(JSON.parse(stderr)).toEqual({
      v: 1,
      error: { code: "unreachable", message: expect.any(String), fix: expect.any(String) },
    });
  });
});

describe("a bridge with a certificate of its own", () => {
  it("is believed because the line to paste has its fingerprint", async () => {
    const { facts } = await mac.startRelay("--tls", "self-signed");
    const { commands } = await mac.ask<Invited>("invite");
    const line = commands[0] ?? "";
    expect(line).toMatch(/^npx claude-bridge join https:\/\/localhost:\d+ \w{4}-\w{4} --fingerprint [0-9a-f]{64}$/);
    const args = line.split(" ").slice(2);
    const url = `https://localhost:${facts.port}`;

    expect(await win.run("join", url, args[2] ?? "")).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(
        /^error: nobody that this machine trusts vouches for .+\n {2}fix: give --fingerprint/,
      ),
    });
    expect(await win.run("join", url, args[2] ?? "", "--fingerprint", "0".repeat(64))).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/^error: .+ shows another certificate than the one of --fingerprint/),
    });
    expect(await win.run(...args, "--name", "win")).toMatchObject({ code: 0 });
    expect(await win.ask("status")).toMatchObject({ place: url, principal: { name: "win", verified: true } });
  });
});
