import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BridgeHome, bridgeHome, type Invited } from "./support/bridge-home.ts";
import { cleanUp, runCli } from "./support/cli.ts";
import { startAgent } from "./support/shim.ts";
import { pathOf, putClaude } from "./support/stand-in-claude.ts";
import { closeTerminals, hasTmux, startAtTerminal } from "./support/terminal.ts";

let home: BridgeHome;
let asked: () => readonly string[];
beforeEach(() => {
  home = bridgeHome();
  asked = putClaude(home.folder, { settings: true });
});
afterEach(async () => {
  await home.run("down");
  closeTerminals();
  await cleanUp();
});

const atTerminal = (...args: readonly string[]) =>
  startAtTerminal(args, { cwd: home.folder, path: pathOf(home.folder) });
const piped = (...args: readonly string[]) => runCli(args, { cwd: home.folder, env: { PATH: pathOf(home.folder) } });
const plugin = () => join(home.folder, ".local/share/claude-bridge/plugin");
const commands = () => [`plugin marketplace add ${plugin()}`, "plugin install bridge@claude-bridge --scope user"];
const up = ["up", "--local", "--detach", "--port", "0"];

describe.skipIf(!hasTmux)("Claude Code at a terminal (needs tmux)", () => {
  it("is connected by up, after a yes to the commands, and once, and finds the relay from any folder", async () => {
    const first = atTerminal(...up);
    await first.shows(/Claude Code {1}2\.1\.330; to be connected by: claude-bridge install claude/);
    await first.shows(/run {3}claude plugin marketplace add [^]+run {3}claude plugin install [^]+Do this\? \[Y\/n\]/);
    expect(asked()).toEqual([]);
    first.press("Enter");
    await first.shows(/Installed for claude; [^]+ended with 0/);
    expect(asked()).toEqual(commands());
    const second = atTerminal(...up);
    await second.shows(/Claude Code {1}2\.1\.330, connected by the plugin bridge@claude-bridge[^]+ended with 0/);
    expect(asked()).toEqual(commands());

    const project = join(home.folder, "project");
    mkdirSync(project);
    const args = [join(plugin(), "bin/claude-bridge.js"), "mcp"];
    const env = { HOME: home.folder };
    const agent = await startAgent(new StdioClientTransport({ command: process.execPath, args, env, cwd: project }));
    expect(await agent.call("send", { to: "you", sender: "me", content: "hello" })).toContain("Stored");
    expect(await agent.call("whoami")).toMatch(/^You are project\n.+\n {2}bridge: local \(connected\)/);
    await agent.close();
  });

  it("is left alone by up after a no, which says what to do later", async () => {
    const terminal = atTerminal(...up);
    await terminal.shows(/Do this\? \[Y\/n\]/);
    terminal.press("n", "Enter");
    await terminal.shows(/nothing was changed[^]+ended with 0/);
    expect(asked()).toEqual([]);
    expect(existsSync(plugin())).toBe(false);
  });

  it("is connected by join, after a yes", async () => {
    const host = bridgeHome();
    const { url } = await host.startRelay();
    const { code } = await host.ask<Invited>("invite");
    const terminal = atTerminal("join", url, code, "--name", "win");
    await terminal.shows(/Next, Claude Code 2\.1\.330, by: claude-bridge install claude\n[^]+Do this\? \[Y\/n\]/);
    terminal.press("Enter");
    await terminal.shows(/Installed for claude; [^]+type: say hello to \S+ on the bridge[^]+ended with 0/);
    expect(asked()).toEqual(commands());
  });
});

describe("Claude Code where nobody can be asked", () => {
  it("is not touched by up, with --no-claude or without, and not by --dry-run", async () => {
    expect((await piped(...up)).stdout).toContain("to be connected by: claude-bridge install claude\n");
    expect((await piped(...up, "--no-claude")).stdout).not.toContain("Claude Code");
    const { stdout } = await piped("up", "--dry-run");
    expect(stdout).toContain("would run, at a terminal: claude-bridge install claude\n");
    expect((await piped("up", "--dry-run", "--no-claude")).stdout).not.toContain("claude-bridge install");
    expect(asked()).toEqual([]);
  });

  it("keeps what it has: join adds nothing to a plugin that is there", async () => {
    await piped("install", "claude");
    const host = bridgeHome();
    const { url } = await host.startRelay();
    const { code } = await host.ask<Invited>("invite");
    const { stdout, stderr } = await piped("join", url, code, "--name", "win");
    expect([stdout, stderr]).toEqual([
      "",
      expect.stringContaining("connected by the plugin bridge@claude-bridge already"),
    ]);
    expect(asked()).toEqual(commands());
    expect((await piped("up", "--dry-run")).stdout).toContain("would leave Claude Code as it is: it is connected by");
  });
});
