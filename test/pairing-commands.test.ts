import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type BridgeHome,
  bridgeHome,
  credentialFile,
  headersOf,
  type Invited,
  pair,
  send,
  whoami,
} from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";

let mac: BridgeHome;
let win: BridgeHome;
beforeEach(() => {
  mac = bridgeHome();
  win = bridgeHome();
});
afterEach(cleanUp);

/** A clock that is `minutes` behind. */
const late = (minutes: number) => [
  "--import",
  `data:text/javascript,const now=Date.now;Date.now=()=>now()-${minutes * 60_000}`,
];

describe("a second machine", () => {
  it("joins with the one line that invite prints", async () => {
    const { url } = await mac.startRelay();
    const invited = await mac.run("invite");
    expect(invited.code).toBe(0);
    const [, pasted = ""] =
      /^npx claude-bridge (join http:\/\/localhost:\d+ \w{4}-\w{4})\n$/.exec(invited.stdout) ?? [];
    const [, words = ""] = /fingerprint is ([a-z-]+);/.exec(invited.stderr) ?? [];
    expect(invited.stderr).toMatch(/It works once, for 10 minutes, until \d{4}-\d\d-\d\d \d\d:\d\d \S+:\n/);

    const joined = await win.run(...pasted.split(" "), "--name", "win");
    expect([joined.code, joined.stdout]).toEqual([0, "claude-bridge install claude\n"]);
    expect(joined.stderr).toMatch(/\nThen open Claude Code here and type: say hello to \S+ on the bridge\n$/);
    expect(joined.stderr).toContain(`Fingerprint ${words}:`);
    expect(joined.stderr).toContain(`Credential stored in ${credentialFile(win)}, readable by you only\n`);
    expect(joined.stderr).toMatch(/^Round trip win → bridge → win: \d+ ms$/m);

    const me = await whoami(url, await headersOf(win));
    expect(await me.json()).toMatchObject({ principal: { name: "win", kind: "machine", verified: true } });
    expect(await (await send(url, await headersOf(win))).json()).toMatchObject({ sender: "win/worker" });
  });

  it("prints the lines that connect clients by hand, when they are asked for", async () => {
    const { url } = await mac.startRelay();
    const { code } = await mac.ask<Invited>("invite");
    const { stdout, stderr } = await win.run("join", url, code, "--as", "mac", "--lines");
    const server = { command: "claude-bridge", args: ["mcp", "--bridge", "mac"] };
    expect(stdout.split("\n")).toEqual([
      `claude mcp add-json -s user claude-bridge '{"type":"http","url":"${url}/mcp","headersHelper":"claude-bridge auth header mac"}'`,
      "[mcp_servers.bridge]",
      'command = "claude-bridge"',
      'args = ["mcp","--bridge","mac"]',
      JSON.stringify({ mcpServers: { bridge: server } }),
      "",
    ]);
    expect(stderr).not.toContain("install claude");
  });

  it("gives programs the command that connects Claude Code, and the lines", async () => {
    await mac.startRelay();
    expect(await pair(mac, win, { name: "win" })).toMatchObject({
      connect: {
        install: "claude-bridge install claude",
        claude: expect.stringContaining("headersHelper"),
        codex: expect.stringContaining("[mcp_servers.bridge]"),
        mcp_json: expect.stringContaining("mcpServers"),
      },
    });
  });

  it("keeps its credential where only its owner can read it, and leaves no trace on the bridge", async () => {
    const { url } = await mac.startRelay();
    await pair(mac, win, { name: "win" });
    const file = credentialFile(win);
    const modes = [file, joinPath(file, "..")].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o600, 0o700]);
    expect(readdirSync(joinPath(file, ".."))).toEqual(["bridges.json"]);
    const state = await fetch(`${url}/api/state`, { headers: await headersOf(win) });
    expect(await state.json()).toMatchObject({ total_messages: 0, channels: [] });
  });

  it("reads the code from standard input, and asks for nothing where nobody can answer", async () => {
    const { url } = await mac.startRelay();
    const { code } = await mac.ask<Invited>("invite");
    expect(await win.run("join", url)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "error: say the join code, or - to read it from standard input\n",
    });
    expect(
      await win.type(`${code.toLowerCase().replace("-", " ")}\n`, "join", url, "-", "--name", "win"),
    ).toMatchObject({
      code: 0,
    });
  });

  it("that may only read cannot send", async () => {
    const { url } = await mac.startRelay();
    expect(await pair(mac, win, { name: "win", invite: ["--read-only"] })).toMatchObject({ permissions: ["read"] });
    const headers = await headersOf(win);
    expect((await send(url, headers)).status).toBe(403);
    expect((await fetch(`${url}/api/messages?channel=a:b`, { headers })).status).toBe(200);
  });

  it("may come to some channels only", async () => {
    const { url } = await mac.startRelay();
    const joined = await pair(mac, win, { name: "win", invite: ["--channels", "payments:*,general"] });
    expect(joined.channels).toEqual(["payments:*", "general"]);
    expect((await send(url, await headersOf(win))).status).toBe(403);
  });

  it("of another person, with a bridge of its own, pairs the same way", async () => {
    const { url } = await mac.startRelay();
    const other = await win.startRelay();
    await pair(mac, win, { name: "ada", invite: ["--person"] });
    await pair(win, mac, { name: "bob", invite: ["--person"] });
    expect(await (await whoami(url, await headersOf(win))).json()).toMatchObject({
      principal: { name: "ada", kind: "person" },
    });
    expect(await (await whoami(other.url, await headersOf(mac))).json()).toMatchObject({
      principal: { name: "bob", kind: "person" },
    });
  });
});

describe("a join code", () => {
  const join = (url: string, code: string, name = "win") => win.run("join", url, code, "--name", name);

  it("that is wrong is refused, with what to do", async () => {
    const { url } = await mac.startRelay();
    await mac.ask("invite");
    expect(await join(url, "0000-0000")).toMatchObject({
      code: 4,
      stdout: "",
      stderr: expect.stringMatching(
        /^Found .+\nerror: there is no such join code; .+\n {2}fix: claude-bridge invite, .+\n$/,
      ),
    });
    expect(await join(url, "K7QF")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: a join code has 8/),
    });
  });

  it("that has expired says since when", async () => {
    const past = bridgeHome({ node: late(20) });
    const first = await past.startRelay("--db", "a.db");
    const { code } = await past.ask<Invited>("invite", "--db", "a.db");
    first.kill("SIGTERM");
    await first.exit;
    const { url } = await bridgeHome().startRelay("--db", joinPath(past.folder, "a.db"));
    const { code: exit, stderr } = await join(url, code);
    expect([exit, stderr]).toEqual([
      4,
      expect.stringMatching(/error: this join code expired at .+; ask for a new one\n/),
    ]);
  });

  it("that was used says by whom", async () => {
    const { url } = await mac.startRelay();
    const { code } = await mac.ask<Invited>("invite");
    expect(await join(url, code)).toMatchObject({ code: 0 });
    expect(await join(url, code, "other")).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/error: this join code was used by win at .+; ask for a new one\n/),
    });
  });

  it("is burnt after five wrong ones", async () => {
    const { url } = await mac.startRelay();
    const { code } = await mac.ask<Invited>("invite");
    for (const wrong of ["00000001", "00000002", "00000003", "00000004", "00000005"]) {
      expect(await join(url, wrong)).toMatchObject({ code: 4 });
    }
    expect(await join(url, code)).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/error: this join code is worthless after 5 wrong tries; ask for a new one\n/),
    });
  });

  it("still works when the name was taken", async () => {
    const { url } = await mac.startRelay();
    await pair(mac, bridgeHome(), { name: "win" });
    const { code } = await mac.ask<Invited>("invite");
    expect(await join(url, code, "WIN")).toMatchObject({
      code: 8,
      stderr: expect.stringMatching(/error: the name 'WIN' is taken; 'WIN-2' is free\n {2}fix: join again with --name/),
    });
    expect(await join(url, code, "win-2")).toMatchObject({ code: 0 });
  });

  it("is not used up where its credential could not be stored", async () => {
    const { url } = await mac.startRelay();
    const { code } = await mac.ask<Invited>("invite");
    const broken = bridgeHome();
    mkdirSync(joinPath(broken.folder, ".config/claude-bridge"), { recursive: true });
    writeFileSync(credentialFile(broken), "{", { mode: 0o600 });
    expect(await broken.run("join", url, code)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is broken; /),
    });
    expect(await join(url, code)).toMatchObject({ code: 0 });
  });
});
