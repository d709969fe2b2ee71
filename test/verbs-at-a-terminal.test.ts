import { spawn } from "@lydell/node-pty";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bin } from "./real-clients/product.ts";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";
import { closeTerminals, hasTmux, startAtTerminal, type Terminal } from "./support/terminal.ts";

let home: BridgeHome;
let url: string;
beforeEach(async () => {
  home = bridgeHome();
  ({ url } = await home.startRelay());
});
afterEach(async () => {
  closeTerminals();
  await cleanUp();
});

const streams = async () =>
  ((await (await fetch(`${url}/api/state`)).json()) as { readonly sse_subscribers: number }).sse_subscribers;

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

it.skipIf(process.platform === "win32").each(["sub a:b", "wait a:b", "send a:b x --wait 60"])(
  "%s leaves the terminal as it was when Ctrl-C ends it",
  async (line) => {
    // What it does to the shell below it is the shell's affair.
    const script = `trap : INT; stty -g; "${process.execPath}" "${bin}" ${line}; echo "ended with $?"; stty -g`;
    const env = { PATH: process.env["PATH"] ?? "", HOME: home.folder, TERM: "xterm" };
    const terminal = spawn("sh", ["-c", script], { cwd: home.folder, env, cols: 200, rows: 50 });
    const ended = new Promise((resolve) => terminal.onExit(resolve));
    let screen = "";
    terminal.onData((text) => (screen += text));
    await vi.waitFor(async () => expect(await streams()).toBe(1), { timeout: 15_000 });
    terminal.write("\u0003");
    await ended;
    const [before, after] = screen.match(/[\da-f]+(?::[\da-f]+){9,}/g) ?? [];
    expect(screen).toContain("ended with 130");
    expect(before).toHaveLength(after?.length ?? 0);
    expect(after).toBe(before);
    // No mode of the screen is turned on by it, but for the line that it wrote anew.
    expect(screen.replaceAll("\u001b[K", "")).not.toContain("\u001b");
  },
);
