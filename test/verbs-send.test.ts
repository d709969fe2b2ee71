import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp, startCli } from "./support/cli.ts";

let home: BridgeHome;
let url: string;
let stopRelay: () => Promise<unknown>;
beforeEach(async () => {
  home = bridgeHome();
  const relay = await home.startRelay();
  ({ url } = relay);
  stopRelay = () => {
    relay.kill("SIGTERM");
    return relay.exit;
  };
});
afterEach(cleanUp);

interface SentJson {
  readonly v: 1;
  readonly id: string;
  readonly sender: string;
  readonly receipt: string;
}

const wholeId = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}\n$/;
const newest = async () => {
  const answer = await fetch(`${url}/api/messages?channel=a:b&limit=1&full=1`);
  const { messages } = (await answer.json()) as { messages: { content: string; message?: object; sender: string }[] };
  return messages[0];
};

describe("send", () => {
  it("prints the id for programs, and on stderr how far it got", async () => {
    const { code, stdout, stderr } = await home.run("send", "a:b", "hello", "--as", "ada");
    expect(code).toBe(0);
    expect(stdout).toMatch(wholeId);
    expect(stderr).toBe("000001  stored · next: It is for nobody in particular: whoever reads the channel sees it.\n");
    expect(await newest()).toMatchObject({ content: "hello", sender: "ada" });
  });

  it("prints one object with --json", async () => {
    expect(await home.ask<SentJson>("send", "a:b", "hello", "--as", "ada")).toMatchObject({
      v: 1,
      sender: "ada",
      receipt: "stored",
      timestamp: expect.stringMatching(/Z$/),
    });
  });

  it("says nothing on stderr with --quiet", async () => {
    expect(await home.run("pub", "a:b", "hello", "--quiet")).toMatchObject({ code: 0, stderr: "" });
  });

  it("takes the text from standard input to the last byte, up to 128 KB", async () => {
    const text = `${"é".repeat(65_535)}xy\n`;
    expect(await home.type(text, "send", "a:b", "-", "-q")).toMatchObject({ code: 7 });
    expect(await home.type(text.slice(1), "send", "a:b", "-q")).toMatchObject({ code: 0, stderr: "" });
    expect(await newest()).toMatchObject({ content: text.slice(1) });
  });

  it("refuses a megabyte with what to do instead", async () => {
    const { code, stdout, stderr } = await home.type("x".repeat(1_000_000), "send", "a:b", "-");
    expect({ code, stdout }).toEqual({ code: 7, stdout: "" });
    expect(stderr).toMatch(/^error: standard input has more than the 131072 bytes .+\n {2}fix: put it where /);
  });

  it("refuses what is not UTF-8, in a file or piped in, and stores nothing", async () => {
    // A letter of Latin-1, and the first half of one of UTF-8.
    for (const bytes of [Buffer.from([0x61, 0xff, 0x62]), Buffer.from("é").subarray(0, 1)]) {
      writeFileSync(join(home.folder, "broken"), bytes);
      const { code, stderr } = await home.run("send", "a:b", "--file", "broken", "--json");
      expect(code).toBe(2);
      expect(JSON.parse(stderr)).toMatchObject({
        v: 1,
        error: { code: "invalid_input", message: "broken is not UTF-8" },
      });
      expect(await home.type(bytes, "send", "a:b", "-")).toEqual({
        code: 2,
        stdout: "",
        stderr: "error: standard input is not UTF-8\n",
      });
    }
    expect(await newest()).toBeUndefined();
  });

  it("keeps JSON as such with --content-json", async () => {
    await home.run("send", "a:b", '{"tests":61}', "--content-json", "--type", "result");
    expect(await newest()).toMatchObject({ message: { type: "result", content: { tests: 61 } } });
    expect(await home.run("send", "a:b", "{", "--content-json")).toMatchObject({ code: 2, stdout: "" });
  });

  it("sends once with one key", async () => {
    const first = await home.ask<SentJson>("send", "a:b", "once", "--key", "k");
    expect(await home.ask("send", "a:b", "once", "--key", "k")).toMatchObject({ id: first.id, deduplicated: true });
    expect(await home.run("send", "a:b", "other", "--key", "k")).toMatchObject({ code: 8 });
  });

  it("waits for the answer, and prints that alone", async () => {
    const asking = startCli(["send", "a:b", "What is 6 x 7?", "--wait", "20", "--as", "ada"], { cwd: home.folder });
    const { id } = await home.ask<{ id: string }>("wait", "a:b", "--after", "beginning", "--timeout", "15");
    await home.run("reply", id.slice(-6), "42", "--as", "deep");
    expect([await asking.exit, asking.stdout()]).toEqual([0, "42\n"]);
    expect(asking.stderr()).toMatch(/^answered by deep after \d+ m?s, in 000002:\n$/);
  });

  it("ends with 6 when no answer came, and says how to look again", async () => {
    const { code, stdout, stderr } = await home.run("send", "a:b", "Anybody?", "--wait", "1");
    expect({ code, stdout }).toEqual({ code: 6, stdout: "" });
    expect(stderr).toBe(
      "error: no answer to 000001 within 1 s\n  fix: the message stays; to look again: claude-bridge show 000001\n",
    );
  });

  it("ends with 7 when the one whom it is for refuses", async () => {
    await home.run("send", "a:b", "here", "--as", "win");
    const asking = startCli(["send", "a:b", "Do it", "--to", "win", "--wait", "20"], { cwd: home.folder });
    const { id } = await home.ask<{ id: string }>("wait", "a:b", "--after", "beginning", "--type", "message");
    await home.run("ack", id, "--refuse", "no time", "--as", "win");
    expect(await asking.exit).toBe(7);
    expect(asking.stderr()).toMatch(/^error: 000002 is refused for win: no time\n$/);
  });

  it("is left by Ctrl-C with 130, and goes on without it", async () => {
    const asking = startCli(["send", "a:b", "Take your time", "--wait", "60"], { cwd: home.folder });
    await home.run("wait", "a:b", "--after", "beginning", "--timeout", "15");
    asking.kill("SIGINT");
    expect([await asking.exit, asking.stdout()]).toEqual([130, ""]);
    expect(asking.stderr()).toBe("it goes on without you; to look again: claude-bridge show 000001\n");
  });
});

describe("exit codes", () => {
  it.each([
    [2, ["send", "a:b", "x", "--file", "y"]],
    [2, ["send", "a:b", "x", "--ttl", "soon"]],
    [2, ["send", "@win", "x", "--to", "mac"]],
    [2, ["sub", "a:b", "--last", "0"]],
    [2, ["sub", "a:b", "--last", "5", "--since", "1h"]],
    [2, ["export", "a:b", "--since", "yesterday"]],
    [3, ["show", "00ff00"]],
    [3, ["send", "@nobody", "x"]],
    [3, ["thread", "none"]],
    [3, ["send", "a:b", "--file", "absent"]],
    [4, ["send", "a:b", "x", "--url", "URL"]],
    [6, ["wait", "a:b", "--timeout", "1s"]],
  ])("%i of %j, with nothing on stdout", async (exit, args) => {
    await stopRelay();
    const { url: there } = await home.startRelay("--auth-token", "s3cret");
    const { code, stdout, stderr } = await home.run(...args.map((word) => (word === "URL" ? there : word)), "--json");
    expect({ code, stdout }).toEqual({ code: exit, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({ v: 1, error: { code: expect.any(String) } });
  });

  it("5 when no relay runs on the database, also when a killed one has left its file", async () => {
    await stopRelay();
    const { code, stderr } = await home.run("ls");
    expect(code).toBe(5);
    expect(stderr).toMatch(/^error: no relay runs on \S+\n {2}fix: start it with claude-bridge up\n$/);
    const killed = await home.startRelay();
    killed.kill("SIGKILL");
    await killed.exit;
    expect(await home.run("send", "a:b", "x")).toMatchObject({ code: 5, stderr });
  });

  it("5 when nobody answers at the address", async () => {
    await stopRelay();
    const { code, stderr } = await home.run("send", "a:b", "x", "--url", url);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^error: reached 127\.0\.0\.1, but its port \d+ is closed\n/);
  });
});
