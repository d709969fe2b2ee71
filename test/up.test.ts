import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { networkAddresses } from "../src/serve/addresses.ts";
import { type BridgeHome, bridgeHome, credentialFile, headersOf, pair, whoami } from "./support/bridge-home.ts";
import { cleanUp, startCli } from "./support/cli.ts";

let home: BridgeHome;
beforeEach(() => {
  home = bridgeHome();
});
afterEach(async () => {
  await home.run("down");
  await cleanUp();
});

const hasNetwork = networkAddresses("0.0.0.0").length > 0;
const file = (name: string) => join(home.folder, name);

interface Up {
  readonly pid: number;
  readonly url: string;
  readonly already_running: boolean;
  readonly remote: readonly { readonly url: string }[];
  readonly join?: { readonly command: string };
  readonly identity?: { readonly bridge: string; readonly machine: string; readonly is_new: boolean };
}

const up = (...args: readonly string[]) => home.ask<Up>("up", "--detach", "--port", "0", "--no-claude", ...args);
const isThere = (url: string) =>
  fetch(`${url}/status`).then(
    ({ ok }) => ok,
    () => false,
  );

describe("claude-bridge up", () => {
  it("lets nobody else in where nobody can be asked, and makes no credential there", async () => {
    const { url, remote, join: invitation, identity } = await up();
    expect([remote, invitation, identity]).toEqual([[], undefined, undefined]);
    expect(await isThere(url)).toBe(true);
    expect(existsSync(credentialFile(home))).toBe(false);
    expect(existsSync(file("claude-bridge.db.up.json"))).toBe(false);
  });

  it("shows the relay that runs already, and exits with 0", async () => {
    const first = await up();
    const second = await up();
    expect(second).toMatchObject({ already_running: true, pid: first.pid, url: first.url });
    const { code, stdout } = await home.run("up");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\n {2}Already running: bridge ".+ \(pid \d+\), up /)]);
  });

  it.skipIf(!hasNetwork)("gives others only addresses that answer, and joins this machine once", async () => {
    const { url, remote, join: invitation, identity } = await up("--host", "0.0.0.0");
    expect(remote.length).toBeGreaterThan(0);
    expect(await Promise.all(remote.map((address) => isThere(address.url)))).not.toContain(false);
    expect(identity?.is_new).toBe(true);
    expect(await (await whoami(url, await headersOf(home))).json()).toMatchObject({
      principal: { name: identity?.machine, kind: "machine" },
    });
    expect(await up()).toMatchObject({ identity: { ...identity, is_new: false } });

    const guest = bridgeHome();
    const [, ...line] = invitation?.command.split(" ").slice(1) ?? [];
    expect(await guest.run(...line, "--name", "guest")).toMatchObject({ code: 0 });
  });

  it.skipIf(!hasNetwork)("pins its certificate, here and on the next machine", async () => {
    const { join: invitation, identity } = await up("--host", "0.0.0.0", "--tls", "self-signed");
    expect(invitation?.command).toMatch(/join https:\/\/\S+ \S+ --fingerprint [0-9a-f]{64}$/);
    const { stdout } = await home.run("status", "--bridge", identity?.bridge ?? "");
    expect(stdout).toMatch(/^bridge {3}.+, https:\/\/localhost:\d+\nyou are {2}.+ \(machine\)$/m);
  });

  it.skipIf(!hasNetwork)("knows this machine again when the relay has another port", async () => {
    const before = await up("--host", "0.0.0.0");
    await home.run("down");
    const after = await up("--host", "0.0.0.0");
    expect(after.url).not.toBe(before.url);
    expect(after.identity).toEqual({ ...before.identity, is_new: false });
    expect((await whoami(after.url, await headersOf(home))).status).toBe(200);
  });

  it("remembers what was answered, unless --local says otherwise", async () => {
    writeFileSync(file("claude-bridge.db.up.json"), JSON.stringify({ v: 1, lets_others_in: true }));
    const said = async (...args: string[]) => (await home.run("up", "--dry-run", ...args)).stdout;
    expect(await said()).toContain("would listen on 0.0.0.0, by the answer that was given before\n");
    expect(await said("--local")).toContain("would listen on 127.0.0.1, by --local\n");
    expect(await said("--host", "::1")).toContain("would listen on ::1, by setting\n");
    expect(await home.run("up", "--local", "--host", "::1")).toMatchObject({ code: 2 });
  });

  it("only says what it would do with --dry-run", async () => {
    const { code, stdout, stderr } = await home.run("up", "--dry-run", "--detach");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^would start the relay in the background, with its log in .+\nwould listen on port \d+/);
    expect(existsSync(file("claude-bridge.db"))).toBe(false);
  });

  it("says why a relay in the background did not start", async () => {
    writeFileSync(file("claude-bridge.db"), "no database ".repeat(100));
    const { code, stdout, stderr } = await home.run("up", "--detach", "--port", "0");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: the relay did not start: .*claude-bridge\.db/);
  });

  it("runs in front until it is told to stop", async () => {
    const cli = startCli(["up", "--port", "0", "--no-claude"], { cwd: home.folder });
    const [, url = ""] = await cli.printed(/Dashboard +(http:\S+)\/\n[^]*Reach +this machine only/);
    expect(await isThere(url)).toBe(true);
    cli.kill("SIGTERM");
    expect(await cli.exit).toBe(0);
    expect(await isThere(url)).toBe(false);
  });
});

describe("claude-bridge down", () => {
  it("stops the relay, and says that none runs when it is gone", async () => {
    const { pid, url } = await up();
    expect(await home.run("down")).toMatchObject({
      code: 0,
      stdout: `Stopped the relay at ${url} (pid ${pid})\n`,
    });
    expect(await isThere(url)).toBe(false);
    expect(existsSync(file("claude-bridge.db.relay.json"))).toBe(false);
    expect(await home.ask("down")).toMatchObject({ stopped: false });
  });

  it("ends no process that only has the number of a relay", async () => {
    const relay = { v: 1, url: "http://127.0.0.1:9", remote: [], pid: process.pid, version: "1.0.0", token: "t" };
    writeFileSync(file("claude-bridge.db.relay.json"), JSON.stringify(relay), { mode: 0o600 });
    const { code, stderr } = await home.run("down");
    expect([code, stderr]).toEqual([5, expect.stringContaining(`fix: look what process ${process.pid} is`)]);
  });
});

describe("claude-bridge logs", () => {
  it("needs a relay in the background", async () => {
    expect(await home.run("logs")).toMatchObject({ code: 3 });
  });

  it("prints the last lines, and follows them", async () => {
    await up();
    expect(statSync(file("claude-bridge.db.relay.log")).mode & 0o077).toBe(0);
    expect(await home.ask("logs", "-n", "1")).toMatchObject({ msg: "listening", host: "127.0.0.1" });
    const follower = startCli(["logs", "--follow"], { cwd: home.folder });
    await follower.printed(/ info {2}listening .*host="127\.0\.0\.1"/);
    await home.run("down");
    await follower.printed(/ info {2}closed\n/);
    expect(readFileSync(file("claude-bridge.db.relay.log"), "utf8").match(/"listening"/g)).toHaveLength(1);
  });
});

describe("claude-bridge demo", () => {
  it("plays on the relay, shows its receipts, and leaves nothing", async () => {
    const { url } = await up();
    const { code, stdout, stderr } = await home.run("demo", "--fast");
    expect([code, stderr]).toEqual([0, ""]);
    const rungs = [/^ +· {2}stored /gm, /^ +✓ {2}at machine /gm, /^ +✓✓ in context /gm, /^ +✓✓ acknowledged /gm];
    expect(rungs.map((rung) => stdout.match(rung)?.length)).toEqual([6, 6, 6, 6]);
    expect(stdout.match(/^ +↩ {2}answered /gm)).toHaveLength(4);
    expect(stdout).toMatch(/Deleted demo:\w+ again \(6 messages\)/);
    const { channels } = (await (await fetch(`${url}/api/channels`)).json()) as { channels: object[] };
    expect(channels).toEqual([]);
    const { agents } = (await (await fetch(`${url}/api/agents`)).json()) as { agents: readonly { reach: string }[] };
    expect(agents.map(({ reach }) => reach)).toEqual(["away", "away"]);
  });

  it("says what to do where this machine may not delete its channel", async () => {
    await up();
    const guest = bridgeHome();
    await pair(home, guest, { name: "guest" });
    const { code, stdout, stderr } = await guest.run("demo");
    expect([code, stdout]).toEqual([0, expect.stringContaining("·  stored         as guest/demo-ada: ")]);
    expect(stderr).toMatch(/fix: claude-bridge clear demo:\w+, on the bridge's machine/);
  });

  it("needs a relay", async () => {
    await up();
    await home.run("down");
    expect(await home.run("demo")).toMatchObject({ code: 5, stderr: expect.stringContaining("fix: start it with") });
  });
});
