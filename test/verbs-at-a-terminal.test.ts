import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";
import { closeTerminals, hasTmux, startAtTerminal, type Terminal } from "./support/terminal.ts";

let home: BridgeHome;
beforeEach(async () => {
  home = bridgeHome();
  await home.startRelay();
});
afterEach(async () => {
  closeTerminals();
  await cleanUp();
});

const endOf = async (terminal: Terminal) => (await terminal.shows(/ended with (\d+)/))[1];

describe.skipIf(!hasTmux)("send at a terminal", () => {
  it("prints a line with the short id", async () => {
    const terminal = startAtTerminal(["send", "a:b", "hello"], { cwd: home.folder });
    await terminal.shows(/^000001 {2}stored · next: It is for nobody in particular/);
    expect(await endOf(terminal)).toBe("0");
  });

  it("--wait shows the receipt filling and a clock, and then the answer", async () => {
    await home.run("send", "a:b", "here", "--as", "win");
    const terminal = startAtTerminal(["send", "a:b", "ping", "--to", "win", "--wait", "60"], { cwd: home.folder });
    await terminal.shows(/000002 {2}stored · waiting for an answer 00:0[1-9]/);
    await home.run("reply", "000002", "pong", "--as", "win");
    await terminal.shows(/answered by win after \d+ s, in 000003:\n {4}pong\n/);
    expect(await endOf(terminal)).toBe("0");
  });

  it("--wait is left by Ctrl-C, which says how to look again", async () => {
    const terminal = startAtTerminal(["send", "a:b", "ping", "--wait", "60"], { cwd: home.folder });
    await terminal.shows(/waiting for an answer 00:0[1-9]/);
    terminal.press("C-c");
    await terminal.shows(/it goes on without you; to look again: claude-bridge show 000001\n/);
    expect(await endOf(terminal)).toBe("130");
  });

  it("asks for a text that nobody gave, and waits for none to be typed", async () => {
    const terminal = startAtTerminal(["send", "a:b"], { cwd: home.folder });
    await terminal.shows(/error: there is no text: give it, or - for standard input, or --file/);
    expect(await endOf(terminal)).toBe("2");
  });
});

it("nothing has escapes in it where it is piped", async () => {
  await home.run("send", "a:b", "hello");
  for (const words of ["send a:b x", "ls", "ps", "show 000001", "needs", "sub a:b --last 1 --once", "export a:b"]) {
    const { stdout, stderr } = await home.run(...words.split(" "));
    expect(`${stdout}${stderr}`).not.toContain("\u001b");
  }
});
