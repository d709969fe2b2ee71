import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeClient, connect } from "../../src/client/index.ts";
import { type BridgeHome, bridgeHome } from "../support/bridge-home.ts";
import { cleanUp } from "../support/cli.ts";
import {
  closePseudoTerminals,
  hasPseudoTerminals,
  keys,
  openTerminal,
  type PseudoTerminal,
} from "../support/pseudo-terminal.ts";

let home: BridgeHome;
let client: BridgeClient;
beforeEach(async () => {
  home = bridgeHome();
  const { url } = await home.startRelay();
  client = connect({ url, sender: "mac/planner", patienceMs: 0 });
});
afterEach(async () => {
  closePseudoTerminals();
  await cleanUp();
});

const open = (env: Record<string, string> = {}, columns = 120, rows = 35) =>
  openTerminal(["tui"], { cwd: home.folder, columns, rows, env });

/** Goes there by its name. */
async function goTo(terminal: PseudoTerminal, name: string): Promise<void> {
  terminal.press(":");
  await terminal.shows(/a channel, an agent/);
  terminal.press(name);
  await terminal.shows((text) => text.includes(`▌${name}`));
  terminal.press(keys.enter);
  await terminal.shows((text) => text.includes(` ${name}  `) && !text.includes("┌"));
}

const lastContent = async (channel: string) => (await client.messages({ channel })).messages.at(-1)?.content;

describe.skipIf(!hasPseudoTerminals)("with the keyboard alone", () => {
  it("one sees what comes, as it comes", async () => {
    const terminal = open();
    await terminal.shows("Nobody has said anything yet");
    await client.send({ channel: "a:b", content: "the first word" });
    await terminal.shows("the first word");
    await client.send({ channel: "a:b", content: JSON.stringify({ status: "failed", tests: 61 }) });
    expect(await terminal.shows(/status failed {2}tests 61/)).toContain("the first word");
  });

  it("one filters, and what comes is filtered too", async () => {
    await client.send({ channel: "a:b", content: "apples" });
    await client.send({ channel: "a:b", content: "pears", sender: "win/picker" });
    const terminal = open();
    await terminal.shows("pears");
    terminal.press("/");
    await terminal.shows("Enter applies");
    terminal.press("from:win/picker", keys.enter);
    await terminal.shows((text) => /1 found/.test(text) && !text.includes("apples"));
    await client.send({ channel: "a:b", content: "more apples" });
    await client.send({ channel: "a:b", content: "more pears", sender: "win/picker" });
    expect(await terminal.shows("more pears")).not.toContain("more apples");
    terminal.press(keys.escape);
    await terminal.shows("more apples");
  });

  it("one is told what is wrong with a filter, and sees what was seen before", async () => {
    await client.send({ channel: "a:b", content: "apples" });
    const terminal = open();
    await terminal.shows("apples");
    terminal.press("/");
    await terminal.shows("Enter applies");
    terminal.press("size:9", keys.enter);
    expect(await terminal.shows(/there is no 'size:'/)).toContain("apples");
  });

  it("one answers a question with one of its answers", async () => {
    const question = client.ask({
      to: "you",
      channel: "a:b",
      content: "Ship it?",
      options: ["yes", "no"],
      waitSeconds: 30,
    });
    const terminal = open();
    await terminal.shows("◆1");
    terminal.press("1");
    await terminal.shows(/Answers +yes/);
    terminal.press("r");
    await terminal.shows(/Tab yes \| no/);
    terminal.press(keys.tab);
    await terminal.shows("▏ yes");
    terminal.press(keys.enter);
    expect((await question).answer).toMatchObject({ sender: "you" });
    await terminal.shows("Nothing needs you");
  });

  it("one writes several lines, pastes some, and sends them as one message", async () => {
    await client.send({ channel: "a:b", content: "hello" });
    const terminal = open();
    await goTo(terminal, "a:b");
    terminal.press("c");
    await terminal.shows(/── to a:b/);
    terminal.press("one", "\u{1b}\r", keys.paste("two\r\nq not a key\r\n"), "end");
    await terminal.shows(/▏ one *\n.*▏ two *\n.*▏ q not a key *\n.*▏ end/);
    expect(terminal.lines()[0]).toMatch(/^ localhost:/);
    terminal.press(keys.enter);
    await terminal.shows((text) => !text.includes("── to a:b"));
    expect(await lastContent("a:b")).toBe("one\ntwo\nq not a key\nend");
  });

  it("a draft is kept when one leaves it", async () => {
    await client.send({ channel: "a:b", content: "hello" });
    const terminal = open();
    await goTo(terminal, "a:b");
    terminal.press("c");
    await terminal.shows(/── to a:b/);
    terminal.press("half a thought", keys.escape);
    await terminal.shows("The draft is kept");
    terminal.press("c");
    expect(await terminal.shows("▏ half a thought")).toContain("── to a:b");
  });

  it("one writes in an editor, and comes back with the text", async () => {
    await client.send({ channel: "a:b", content: "hello" });
    const terminal = open({ EDITOR: "printf 'from the editor' >" });
    await goTo(terminal, "a:b");
    terminal.press("c");
    await terminal.shows(/── to a:b/);
    terminal.press(keys.control("O"));
    await terminal.shows("▏ from the editor");
    terminal.press(keys.enter);
    await terminal.shows((text) => !text.includes("── to a:b"));
    expect(await lastContent("a:b")).toBe("from the editor");
  });

  it("one clears a channel after a question, and takes it back", async () => {
    await client.send({ channel: "a:b", content: "precious" });
    const terminal = open();
    await goTo(terminal, "a:b");
    await terminal.shows("precious");
    terminal.press("C");
    await terminal.shows("Delete 1 messages of a:b, for everybody?");
    terminal.press("y");
    await terminal.shows(/1 messages of a:b deleted\. +u takes it back \(10 s\)/);
    expect(await client.channels()).toMatchObject({ totalMessages: 0 });
    terminal.press("u");
    await terminal.shows("are back");
    await terminal.shows("precious");
    expect(await client.channels()).toMatchObject({ totalMessages: 1 });
  });

  it("one pauses: nothing moves, and what came is counted, until one goes on", async () => {
    await client.send({ channel: "a:b", content: "before" });
    const terminal = open();
    await terminal.shows("before");
    terminal.press(" ");
    await terminal.shows("‖ paused");
    await client.send({ channel: "a:b", content: "meanwhile" });
    expect(await terminal.shows("paused, 1 new ↓")).not.toContain("meanwhile");
    terminal.press(" ");
    await terminal.shows("meanwhile");
  });

  it("one finds a key by what it does, and is told why one does nothing now", async () => {
    const terminal = open();
    await terminal.shows("● live");
    terminal.press("?");
    await terminal.shows("type to look for one");
    terminal.press("undo-like nonsense");
    await terminal.shows((text) => !text.includes("one row up"));
    terminal.press(keys.escape);
    await terminal.shows("Nobody has said");
    terminal.press("u");
    expect(await terminal.shows("There is nothing to take back.")).toContain("Nobody has said");
  });

  it("one copies a link, by the terminal", async () => {
    const { id } = await client.send({ channel: "a:b", content: "look here" });
    const terminal = open();
    await terminal.shows("look here");
    terminal.press("y");
    await terminal.shows("Link copied, if your terminal allows it.");
    const [, copied = ""] = /\]52;c;([\w+/=]*)/.exec(terminal.written()) ?? [];
    expect(Buffer.from(copied, "base64").toString()).toMatch(new RegExp(`^http://[^/]+/m/${id}$`));
  });
});

describe.skipIf(!hasPseudoTerminals)("the screen", () => {
  it("has no colours where NO_COLOR is set, and as many as the terminal has elsewhere", async () => {
    const plain = open({ NO_COLOR: "1" });
    await plain.shows("● live");
    expect(plain.written()).not.toMatch(/\[[\d;]*(?:3[0-7]|38|48|9[0-7])[;m]/);
    const some = open({ COLORTERM: "" });
    await some.shows("● live");
    expect(some.written()).toMatch(/38;5;/);
    expect(some.written()).not.toMatch(/38;2;/);
  });

  it("scrolls with the wheel, and follows again at the end", async () => {
    for (let index = 1; index <= 60; index += 1)
      await client.send({ channel: "a:b", content: `message ${index} here` });
    const terminal = open();
    await terminal.shows("message 60 here");
    for (let notch = 0; notch < 20; notch += 1) terminal.press(keys.wheelUp(60, 10));
    await terminal.shows(/message 1 here/);
    await client.send({ channel: "a:b", content: "the newest" });
    await terminal.shows("paused, 1 new ↓");
    terminal.press("G");
    expect(await terminal.shows("the newest")).not.toContain("paused");
  });

  it("stays whole in a storm of sizes", async () => {
    for (let index = 1; index <= 30; index += 1) await client.send({ channel: "a:b", content: `message ${index}` });
    const terminal = open();
    await terminal.shows("message 30");
    for (let step = 0; step < 60; step += 1) terminal.resize(30 + ((step * 37) % 200), 6 + ((step * 13) % 50));
    terminal.resize(100, 30);
    await terminal.shows(
      (text) => /message 30/.test(text) && text.split("\n").at(-1)?.startsWith(" Enter open") === true,
    );
    await terminal.settled();
    const lines = terminal.lines();
    expect(lines.filter((line) => line.includes("● live"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("message 30"))).toHaveLength(2);
  });
});
