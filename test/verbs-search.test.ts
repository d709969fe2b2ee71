import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";
import { closeTerminals, hasTmux, startAtTerminal } from "./support/terminal.ts";

let home: BridgeHome;
let url: string;
beforeEach(async () => {
  home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada", TZ: "Europe/Berlin" } });
  ({ url } = await home.startRelay());
});
afterEach(async () => {
  closeTerminals();
  await cleanUp();
});

const send = async (...args: readonly string[]) => (await home.run("send", ...args, "-q")).stdout.trim();
const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");
const found = async (...args: readonly string[]) => {
  const { code, stdout } = await home.run("search", ...args, "--json");
  return { code, texts: linesOf(stdout).map((line) => (JSON.parse(line) as { content: string }).content) };
};

const sendMany = async (count: number) => {
  for (let at = 0; at < count; at += 1) {
    await fetch(`${url}/api/send`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ channel: "a:b", sender: "ada", content: `word ${at}` }),
    });
  }
};

describe("search", () => {
  it("prints a table of the newest matches", async () => {
    await send("payments:worker", "The refund of 42 failed", "--as", "win/worker");
    await send("a:b", "something else");
    await send("a:b", "refund\n  again");
    const { code, stdout, stderr } = await home.run("search", "refund");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(linesOf(stdout)).toEqual([
      expect.stringMatching(/^TIME +ID {6}CHANNEL {10}FROM {8}TEXT$/),
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d CET {2}000003 {2}a:b {14}ada {9}refund again$/),
      expect.stringMatching(/CET {2}000001 {2}payments:worker {2}win\/worker {2}The refund of 42 failed$/),
    ]);
  });

  it("takes the parts of a query as words, also those that begin with a dash", async () => {
    await send("a:b", "quiet hello", "--as", "win");
    await send("a:b", "loud hello", "--as", "mac");
    await send("c:d", "hello loud", "--as", "mac");
    expect(await found("hello", "-from:win", "in:a:b")).toEqual({ code: 0, texts: ["loud hello"] });
    expect((await found("hello", "-quiet")).texts).toEqual(["hello loud", "loud hello"]);
    expect((await found("-hello -loud", "--limit", "5")).code).toBe(3);
    expect((await found('"hello loud"')).texts).toEqual(["hello loud"]);
    expect((await found("")).texts).toEqual(["hello loud", "loud hello", "quiet hello"]);
  });

  it("prints whole messages with --json, one a line, and with them what was found", async () => {
    const id = await send("a:b", "Run the tests", "--type", "task", "--thread", "t-1");
    expect(await home.ask("search", "type:task", "tests")).toEqual({
      v: 1,
      kind: "message",
      seq: 1,
      prev: 0,
      id,
      channel: "a:b",
      sender: "ada",
      provenance: expect.objectContaining({ kind: "local" }),
      timestamp: expect.stringMatching(/Z$/),
      content: expect.stringContaining("Run the tests"),
      message: expect.objectContaining({ type: "task", thread_id: "t-1", content: "Run the tests" }),
      snippet: { text: "Run the tests", matches: [{ start: 8, end: 13 }] },
    });
  });

  it("goes over all pages with --all, and says when there may be more", async () => {
    await sendMany(105);
    const some = await home.run("search", "word");
    expect(linesOf(some.stdout)).toHaveLength(21);
    expect(some.stderr).toBe("there may be more: --all prints all, --limit so many\n");
    expect((await home.run("search", "word", "--quiet")).stderr).toBe("");
    expect((await found("word", "--limit", "103")).texts).toHaveLength(103);
    const all = await home.run("search", "word", "--all");
    expect(linesOf(all.stdout)).toHaveLength(106);
    expect(all.stderr).toBe("");
  });

  it("ends with exit code 3 when nothing fits, and 2 for what is no query", async () => {
    await send("a:b", "hello");
    expect(await home.run("search", "nothing")).toEqual({ code: 3, stdout: "", stderr: "error: no message fits\n" });
    expect(await home.run("search", "nope:x")).toMatchObject({ code: 2, stderr: expect.stringContaining("'nope:'") });
    expect(await home.run("search", "hello", "--limt", "5")).toMatchObject({
      code: 2,
      stderr: 'error: there is no flag "--limt"\n  fix: claude-bridge search --help\n',
    });
    expect((await home.run("search", "hello", "--limit", "0")).code).toBe(2);
    expect((await home.run("search")).code).toBe(2);
  });

  it("shows what others have written with nothing that a terminal obeys", async () => {
    await send("a:b", "word \u001b[2J\u001b]52;c;aGk=\u0007\u202eright\u009b word", "--as", "eve");
    const { stdout } = await home.run("search", "word");
    expect(stdout).toContain("word \\u{1b}[2J");
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it.skipIf(!hasTmux)("makes the matches bold at a terminal", async () => {
    await send("a:b", "The refund failed");
    const terminal = startAtTerminal(["search", "refund"], { cwd: home.folder });
    await terminal.shows(/The refund failed/);
    expect(terminal.styledScreen()).toContain("The \u001b[1mrefund\u001b[");
  });
});

describe("thread", () => {
  it("is found however old, and by its whole name only", async () => {
    await send("a:b", "one", "--thread", 'pay "42" *');
    await send("c:d", "two", "--thread", 'pay "42" *');
    await send("c:d", "another", "--thread", "pay 42 *");
    await sendMany(501);
    const texts = async (...args: readonly string[]) =>
      linesOf((await home.run("thread", 'pay "42" *', ...args)).stdout).map((line) => line.split(": ").at(-1));
    expect(await texts()).toEqual(["one", "two"]);
    expect(await texts("--channel", "c:*")).toEqual(["two"]);
    expect(await home.run("thread", "pay")).toMatchObject({ code: 3, stderr: 'error: there is no thread "pay"\n' });
  });
});
