import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bin } from "./real-clients/product.ts";
import { type BridgeHome, bridgeHome, pair } from "./support/bridge-home.ts";
import { cleanUp, startCli } from "./support/cli.ts";

let home: BridgeHome;
let url: string;
beforeEach(async () => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada", TZ: "Europe/Berlin" } });
  ({ url } = await home.startRelay());
});
afterEach(cleanUp);

const send = async (...args: readonly string[]) => (await home.run("send", ...args, "-q")).stdout.trim();
const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");
const jsonOf = (text: string) => linesOf(text).map((line) => JSON.parse(line) as Record<string, unknown>);
const hostile =
  "bell\u0007 \u001b]52;c;aGk=\u0007\u001b[2J\u202eright\r\n2026-11-22 10:00:00 UTC  00002a  a:b  root: yes";

describe("sub", () => {
  it("prints what comes, one object a line with --json, until Ctrl-C", async () => {
    await send("a:b", "before");
    const sub = startCli(["sub", "a:*", "--json", "--last", "1"], { cwd: home.folder });
    await sub.printed(/before/);
    await send("c:d", "elsewhere");
    await send("a:c", "after", "--type", "task");
    await sub.printed(/after/);
    sub.kill("SIGINT");
    expect(await sub.exit).toBe(130);
    expect(jsonOf(sub.stdout())).toMatchObject([
      { v: 1, kind: "message", content: "before", sender: "ada" },
      { v: 1, kind: "message", channel: "a:c", message: { type: "task", content: "after" } },
    ]);
    expect(sub.stderr()).toBe("");
  });

  it("shows what others have written with nothing that a terminal obeys, set in", async () => {
    await send("a:b", hostile, "--as", "eve");
    const { stdout } = await home.run("tail", "a:b", "--last", "1", "--once");
    expect(linesOf(stdout)).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d CET {2}000001 {2}a:b {2}eve: bell\\u\{7\} \\u\{1b\}\]52;/),
      "    2026-11-22 10:00:00 UTC  00002a  a:b  root: yes",
    ]);
    for (const args of [["show", "000001"], ["export", "a:b", "--format", "md"], ["ls"], ["ps"], ["export", "a:b"]]) {
      // eslint-disable-next-line no-control-regex
      expect((await home.run(...args)).stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  it("takes what is younger than --since", async () => {
    await send("a:b", "one");
    const { stdout } = await home.run("sub", "*", "--since", "1h", "--once", "--json");
    expect(jsonOf(stdout)).toMatchObject([{ content: "one" }]);
    const { timestamp } = jsonOf(stdout)[0] ?? {};
    await send("a:c", "two");
    const later = new Date(Date.parse(`${timestamp as string}`) + 1).toISOString();
    expect(jsonOf((await home.run("sub", "*", "--since", later, "--once", "--json")).stdout)).toMatchObject([
      { content: "two" },
    ]);
  });

  it.each(["sub a:b --after beginning", "export a:b"])("%s ends quietly when nobody reads any more", async (words) => {
    await send("a:b", "one");
    const line = `"${process.execPath}" "${bin}" ${words} | head -1; echo "\${PIPESTATUS[0]}"`;
    const env = { PATH: process.env["PATH"] ?? "", HOME: home.folder };
    const shell = spawn("bash", ["-c", line], { cwd: home.folder, env });
    let output = "";
    for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (data) => (output += String(data)));
    const closed = new Promise((resolve) => shell.once("close", resolve));
    // That nobody reads shows when there is more to say.
    for (let isOpen = true; isOpen;) {
      await fetch(`${url}/api/send`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ channel: "a:b", sender: "ada", content: "more" }),
      });
      isOpen = await Promise.race([closed.then(() => false), sleep(50, true)]);
    }
    expect(output).toMatch(/^.*one.*\n0\n$/);
  });

  it("misses nothing while the relay is started anew", async () => {
    const first = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada" } });
    const { kill, exit, facts } = await first.startRelay();
    const sub = startCli(["sub", "*", "--after", "beginning"], { cwd: first.folder });
    await first.run("send", "a:b", "before");
    await sub.printed(/before/);
    kill("SIGTERM");
    await exit;
    await first.startRelay("--port", `${facts.port}`);
    await first.run("send", "a:b", "after");
    await sub.printed(/after/);
    expect(linesOf(sub.stdout())).toHaveLength(2);
    expect(sub.stderr()).toMatch(/^the bridge is away; .+\nthe bridge is back\n$/);
  });

  it("gives --exec the text as its input, and never as a part of the command", async () => {
    const evil = `"; touch pwned; echo $(touch pwned) '`;
    const id = await send("a:b", evil, "--as", "$(touch pwned)", "--type", "task");
    const command = 'cat > text; echo "$MESSAGE_FROM $MESSAGE_CHANNEL $MESSAGE_TYPE {}" > told';
    const { code, stdout } = await home.run("sub", "a:b", "--last", "1", "--once", "--exec", command);
    expect({ code, stdout: linesOf(stdout).length }).toEqual({ code: 0, stdout: 1 });
    expect(readFileSync(join(home.folder, "text"), "utf8")).toBe(evil);
    expect(readFileSync(join(home.folder, "told"), "utf8")).toBe(`$(touch pwned) a:b task ${id}\n`);
    expect(existsSync(join(home.folder, "pwned"))).toBe(false);
  });

  it("begins behind a message whose id is shortened, and so does wait", async () => {
    const first = await send("a:b", "one");
    await send("a:b", "two");
    for (const words of [["sub", "--once"], ["wait"]]) {
      const { stdout } = await home.run(...words, "a:b", "--after", first.slice(-6), "--json");
      expect(jsonOf(stdout)).toMatchObject([{ content: "two" }]);
    }
    expect(await home.run("wait", "a:b", "--after", "00ff00")).toMatchObject({ code: 3 });
  });

  it("says so when the command fails", async () => {
    await send("a:b", "x");
    const ran = await home.run("sub", "a:b", "--last", "1", "--once", "--exec", "exit 3");
    expect(ran).toMatchObject({ code: 1, stderr: "the command ended with exit code 3\n" });
  });
});

describe("a message", () => {
  it("is found by the end of its id, and shown with its receipts", async () => {
    await send("a:b", "here", "--as", "win");
    const id = await send("a:b", "Run the tests", "--to", "win", "--type", "task");
    await home.run("ack", id.slice(-4), "--as", "win");
    const { stdout } = await home.run("show", id.slice(-6));
    expect(stdout).toMatch(new RegExp(`^message {2}${id}\nchannel {2}a:b\nfrom {5}ada\nto {7}win\ntype {5}task\n`));
    expect(stdout).toMatch(/\nreceipt {2}win: stored · acknowledged \(\d+ m?s\)\n\n {4}Run the tests\n$/);
    expect(await home.ask("show", id)).toMatchObject({ v: 1, id, receipts: [{ agent: "win", state: "acknowledged" }] });
  });

  it("of which several could be meant is named", async () => {
    for (let sent = 0; sent < 2; sent += 1) await send("a:b", "x");
    const prefix = (await send("a:b", "x")).slice(0, 8);
    const { code, stderr } = await home.run("show", prefix);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: 3 recent messages have ids that begin or end with .+\n {2}fix: give more of it: /);
  });

  it("is answered in its thread", async () => {
    const id = await send("a:b", "Which one?", "--thread", "payments-42");
    await home.run("reply", id, "The first", "--as", "win");
    await send("a:b", "something else");
    const { stdout } = await home.run("thread", "payments-42");
    expect(linesOf(stdout).map((line) => line.split("  ").slice(3).join(" "))).toEqual([
      "ada: Which one?",
      "win: The first",
    ]);
  });
});

describe("lists", () => {
  it("ls has the channels, ps the agents", async () => {
    await send("a:b", "one");
    await send("c:d", "two");
    expect(await home.ask("ls", "a:*")).toMatchObject({ v: 1, channels: [{ channel: "a:b", messages: 1 }] });
    expect((await home.run("ls")).stdout).toMatch(/^CHANNEL {2}MESSAGES {2}LAST .+\nc:d {6}1 .+CET {2}ada\na:b /);
    expect(await home.ask("ps")).toMatchObject({ v: 1, agents: [{ name: "ada", reach: "away" }] });
  });
});

describe("export", () => {
  it("writes every message, channel after channel", async () => {
    for (const [channel, text] of [
      ["c:d", "1"],
      ["a:b", "2"],
      ["a:b", "3"],
    ] as const)
      await send(channel, text);
    const { stdout } = await home.run("export", "*");
    expect(jsonOf(stdout).map(({ channel, content }) => `${channel as string} ${content as string}`)).toEqual([
      "a:b 2",
      "a:b 3",
      "c:d 1",
    ]);
    expect((await home.run("export", "*", "--until", "1h")).stdout).toBe("");
  });

  it("leaves credentials out with --redact, in JSON that is still whole", async () => {
    const secret = `ghp_${"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8".slice(0, 36)}`;
    await send("a:b", `use ${secret} please`, "--type", "task");
    const { stdout } = await home.run("export", "a:b", "--redact");
    expect(stdout).not.toContain(secret);
    expect(jsonOf(stdout)).toMatchObject([
      { message: { content: expect.stringMatching(/^use \[redacted: .+\] please$/) } },
    ]);
  });

  it("fences what it writes as Markdown", async () => {
    await send("a:b", "```\n# not a heading\n````", "--as", "eve <img>");
    const { stdout } = await home.run("export", "a:b", "--format", "md");
    expect(stdout).toMatch(/^# a:b\n\n## eve \\<img\\>\n\n.+\n\n`````text\n```\n# not a heading\n````\n`````\n\n$/);
  });
});

describe("another machine", () => {
  it("speaks under its name, and shows its credential to nobody", async () => {
    const guest = bridgeHome();
    await home.run("token", "create", "setup");
    await pair(home, guest, { name: "win" });
    expect(await guest.ask("send", "a:b", "hi", "--as", "worker")).toMatchObject({ sender: "win/worker" });
    const sub = startCli(["sub", "a:b", "--last", "1"], { cwd: guest.folder });
    await sub.printed(/win\/worker: hi/);
    const shown = execFileSync("ps", ["-eww", "-o", "args"], { encoding: "utf8" });
    expect(shown).toContain("sub a:b --last 1");
    const { bridges } = JSON.parse(readFileSync(join(guest.folder, ".config/claude-bridge/bridges.json"), "utf8")) as {
      bridges: Record<string, { token: string }>;
    };
    const tokens = Object.values(bridges).map(({ token }) => token);
    expect(tokens).toHaveLength(1);
    expect(shown).not.toContain(tokens[0]);
  });

  it("is let in by a certificate that it was told of, as the relay tells its own machine, and by no other", async () => {
    const secured = bridgeHome();
    const { facts, ...relay } = await secured.startRelay("--tls", "self-signed", "--auth-token", "s3cret");
    expect(await secured.run("send", "a:b", "hi", "-q")).toMatchObject({ code: 0, stderr: "" });
    const guest = bridgeHome({ env: { CLAUDE_BRIDGE_TOKEN: "s3cret" } });
    const there = `https://127.0.0.1:${facts.port}`;
    const { code, stdout, stderr } = await guest.run("send", "a:b", "hi", "--url", there);
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toMatch(/^error: nobody that this machine trusts vouches for the certificate/);
    relay.kill("SIGTERM");
    await relay.exit;
  });
});
