import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";

let home: BridgeHome;
beforeEach(async () => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada" } });
  await home.startRelay();
});
afterEach(cleanUp);

const hostile = '<script>alert(1)</script> & "quoted"\u001b[2J\u202e\n</pre><h1>no</h1>';

async function sendThree(): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const args of [
    ["a:b", "first"],
    ["a:c", hostile, "--type", "task", "--thread", "t-1", "--as", "eve<b>"],
    ["a:b", "日本語 👨‍👩‍👧 last", "--thread", "t-1"],
  ]) {
    ids.push((await home.run("send", ...args, "-q")).stdout.trim());
  }
  return ids;
}

const essence = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .map(({ id, channel, sender, timestamp, content, message }) => ({
      id,
      channel,
      sender,
      timestamp,
      content,
      message,
    }));

describe("what export has written as JSONL", () => {
  it("is the same on the bridge that imports it, beside a relay and from standard input too", async () => {
    await sendThree();
    const { stdout } = await home.run("export", "*");
    const other = bridgeHome();
    const { facts } = await other.startRelay();
    await other.run("send", "a:b", "was here before");
    expect(await other.type(stdout, "import", "-", "--json")).toEqual({
      code: 0,
      stdout: `${JSON.stringify({ v: 1, imported: 3, skipped: 0, db: facts.db })}\n`,
      stderr: "",
    });
    const exported = essence((await other.run("export", "*")).stdout);
    expect(exported.filter(({ content }) => content !== "was here before")).toEqual(essence(stdout));
  });

  it("is imported once, whatever of it is there already", async () => {
    await sendThree();
    writeFileSync(join(home.folder, "a.jsonl"), (await home.run("export", "*")).stdout);
    const other = bridgeHome();
    const file = join(home.folder, "a.jsonl");
    expect((await other.run("import", file)).stdout).toMatch(/^Imported 3 messages into \S+\n$/);
    expect((await other.run("import", file)).stdout).toMatch(/^Imported 0 messages .+; 3 were there already\n$/);
    expect((await home.run("import", file)).stdout).toMatch(/^Imported 0 messages .+; 3 were there already\n$/);
  });

  it("is a megabyte and more, and a message that is in it twice comes once", async () => {
    const line = (index: number) =>
      JSON.stringify({
        id: `x-${index % 1500}`,
        channel: "a:b",
        sender: "ada",
        timestamp: "2026-11-22T10:00:00.000001Z",
        content: `${index} ${"é".repeat(500)}`,
      });
    const lines = Array.from({ length: 1501 }, (_, index) => line(index));
    const other = bridgeHome();
    const { code, stdout } = await other.type(lines.join("\n"), "import", "-", "--json");
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({ code: 0, imported: 1500, skipped: 1 });
  });

  it("may have the clears in it that sub --json prints between messages", async () => {
    const [first] = await sendThree();
    await home.run("clear", "a:c", "--yes");
    const { stdout } = await home.run("sub", "a:*", "--after", first ?? "", "--json", "--once");
    const other = bridgeHome();
    expect(await other.type(`${stdout}\n{"v":1,"kind":"cleared"}\n`, "import", "-", "--json")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"imported":1'),
    });
  });
});

describe("import", () => {
  it.each([
    ["{", "line 2 is no JSON"],
    ["[]", "line 2 is no message of an export: it is no object"],
    ['{"id":"x"}', "line 2 is no message of an export: it has no timestamp"],
    ['{"id":"x","timestamp":"soon"}', "line 2 is no message of an export: it has a timestamp that is no time"],
    [
      String.raw`{"id":"x","timestamp":"2026-11-22T10:00:00Z","channel":"\ud800","sender":"s","content":"c"}`,
      "line 2 is no message of an export: it has halves of characters in its channel",
    ],
  ])("says of %s what is wrong with it, and in which line", async (line, message) => {
    await sendThree();
    const [first = ""] = (await home.run("export", "*")).stdout.split("\n");
    const { code, stdout, stderr } = await bridgeHome().type(`${first}\n${line}\n`, "import", "-", "--json");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({ v: 1, error: { code: "invalid_input", message } });
  });

  it("refuses what is not UTF-8, and makes nothing else of it", async () => {
    const broken = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff]), Buffer.from('"}\n')]);
    writeFileSync(join(home.folder, "broken.jsonl"), broken);
    expect(await home.run("import", "broken.jsonl")).toMatchObject({ code: 2, stderr: "error: line 1 is not UTF-8\n" });
  });
});

describe("export", () => {
  it("writes one HTML file in which what others have written is nothing but text", async () => {
    const [, second] = await sendThree();
    const { code, stdout, stderr } = await home.run("export", "a:*", "--format", "html");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    const tags = stdout.match(/<(?:article|h[12]|script|b|pre)\b/g)?.join("");
    expect(tags).toBe("<h1<h2<article<b<pre<article<b<pre<h2<article<b<pre");
    expect(stdout).toContain(
      "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;\\u{1b}[2J\\u{202e}\n&lt;/pre&gt;",
    );
    expect(stdout).toContain("<b>eve&lt;b&gt;</b> · task · ");
    expect(stdout).toContain(`<article id="m-${second}">`);
    expect(stdout).not.toMatch(/\b(?:src|href)="?(?!#)/);
  });

  it("writes one thread, in the channels that have it", async () => {
    await sendThree();
    const { stdout } = await home.run("export", "*", "--thread", "t-1", "--format", "md");
    expect(stdout.match(/^# .+$/gm)).toEqual(["# a:b", "# a:c"]);
    expect(stdout).not.toContain("first");
  });

  it("takes out every credential with --redact, in each format", async () => {
    const secret = `ghp_${"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8".slice(0, 36)}`;
    await home.run("send", "a:b", `${secret} `.repeat(20), "-q");
    for (const format of ["jsonl", "md", "html"]) {
      const { stdout } = await home.run("export", "a:b", "--format", format, "--redact");
      expect(stdout).not.toContain(secret);
      expect(stdout.match(/\[redacted: a GitHub token\]/g)).toHaveLength(20);
    }
  });

  it("names its formats to who asks for another", async () => {
    const { code, stderr } = await home.run("export", "a:b", "--format", "constructor");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: --format must be one of jsonl, md, html, not "constructor"\n',
    });
  });
});
