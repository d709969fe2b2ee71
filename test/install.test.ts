import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanUp, runCli, temporaryFolder } from "./support/cli.ts";
import { pathOf, putClaude } from "./support/stand-in-claude.ts";

let home: string;
const plugin = () => join(home, ".local/share/claude-bridge/plugin");
const codexFile = () => join(home, ".codex/config.toml");
const projectFile = () => join(home, ".mcp.json");

beforeEach(() => {
  home = temporaryFolder();
});
afterEach(cleanUp);

const env = () => ({ PATH: pathOf(home) });
const cli = (...args: readonly string[]) => runCli(args, { cwd: home, env: env() });

/** Runs the program that install has put down. */
const installed = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [join(plugin(), "bin/claude-bridge.js"), ...args], {
    cwd: home,
    env: { ...env(), HOME: home },
  });

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Every file of the home but the programs, with its text. */
function snapshot(): Record<string, string> {
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1));
  // What a program that has run keeps for its next start is nobody's configuration.
  const own = paths.filter((path) => !path.startsWith("bin/") && !path.includes("/.cache/compiled/"));
  return Object.fromEntries(own.map((path) => [path, readFileSync(join(home, path), "utf8")]));
}

describe("install codex", () => {
  const before = '# mine\nmodel = "o5"   # fast\n\n[mcp_servers.other]\ncommand = "x"';

  it("adds the server, keeps the rest byte for byte, and a copy", async () => {
    put(codexFile(), before);
    const { code, stdout, stderr } = await cli("install", "codex");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain("edit  ~/.codex/config.toml; a copy of it is kept beside it\n");
    expect(stderr).toContain("      + [mcp_servers.bridge]\n");
    const program = join(plugin(), "bin/claude-bridge.js");
    expect(readFileSync(codexFile(), "utf8")).toBe(
      `${before}\n\n[mcp_servers.bridge]\ncommand = "node"\nargs = ["${program}", "mcp"]\n`,
    );
    const copy = readdirSync(dirname(codexFile())).find((name) => name.startsWith("config.toml.claude-bridge-backup-"));
    expect(readFileSync(join(dirname(codexFile()), copy ?? ""), "utf8")).toBe(before);
  });

  it("puts down a program that needs nothing around it", async () => {
    await cli("install", "codex");
    expect((await installed("--version")).stdout).toMatch(/^claude-bridge \d+\.\d+\.\d+\n$/);
  });

  it("does it once", async () => {
    put(codexFile(), before);
    await cli("install", "codex");
    const once = snapshot();
    const { code, stderr } = await cli("install", "codex");
    expect(code).toBe(0);
    expect(stderr).not.toContain("edit");
    expect(snapshot()).toEqual(once);
  });

  it.each([
    ["text without a line end", before],
    ["nothing", undefined],
  ])("is undone exactly, with %s there before", async (_, text) => {
    if (text !== undefined) put(codexFile(), text);
    const untouched = snapshot();
    await cli("install", "codex");
    expect((await cli("uninstall")).code).toBe(0);
    expect(snapshot()).toEqual(untouched);
    expect(existsSync(join(home, ".codex"))).toBe(text !== undefined);
  });

  it("takes out its own part only, when somebody has changed the file since", async () => {
    put(codexFile(), "a = 1\n");
    await cli("install", "codex");
    writeFileSync(codexFile(), `${readFileSync(codexFile(), "utf8")}\n[later]\nb = 2\n`);
    await cli("uninstall", "codex");
    expect(readFileSync(codexFile(), "utf8")).toBe("a = 1\n[later]\nb = 2\n");
  });

  it("leaves a server of the same name that is not ours", async () => {
    put(codexFile(), '[mcp_servers.bridge]\ncommand = "mine"\n');
    const untouched = snapshot();
    const { code, stderr } = await cli("install", "codex");
    expect(code).toBe(8);
    expect(stderr).toContain("has a server called bridge already, which is not ours");
    expect(snapshot()).toEqual(untouched);
  });
});

describe("install json", () => {
  const before = '{\n    "mcpServers": { "other": { "command": "x" } },\n    "mine": [1,2]\n}';

  it("adds the server to the project's others", async () => {
    put(projectFile(), before);
    await cli("install", "json");
    const server = { command: "node", args: [join(plugin(), "bin/claude-bridge.js"), "mcp"] };
    const text = readFileSync(projectFile(), "utf8");
    expect(JSON.parse(text)).toEqual({ mcpServers: { other: { command: "x" }, bridge: server }, mine: [1, 2] });
    expect(text).toContain('\n    "mcpServers"');
  });

  it("is undone exactly", async () => {
    put(projectFile(), before);
    const untouched = snapshot();
    await cli("install", "json");
    await cli("uninstall");
    expect(snapshot()).toEqual(untouched);
  });

  it("leaves a file that is no JSON", async () => {
    put(projectFile(), "{ mcpServers");
    expect(await cli("install", "json")).toMatchObject({ code: 8, stderr: expect.stringContaining("no valid JSON") });
    expect(snapshot()).toEqual({ ".mcp.json": "{ mcpServers" });
  });
});

describe("install claude", () => {
  it("runs what it shows", async () => {
    const asked = putClaude(home);
    const { code, stderr } = await cli("install", "claude", "--scope", "project");
    expect(code).toBe(0);
    expect(asked()).toEqual([
      `plugin marketplace add ${plugin()}`,
      "plugin install bridge@claude-bridge --scope project",
    ]);
    for (const line of asked()) expect(stderr).toContain(`run   claude ${line}\n`);
    expect(existsSync(join(plugin(), ".claude-plugin/plugin.json"))).toBe(true);
  });

  it("prints what to run where there is no claude", async () => {
    const { code, stdout } = await cli("install", "claude");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `claude plugin marketplace add ${plugin()}\nclaude plugin install bridge@claude-bridge --scope user\n`,
    });
  });

  it("says how to take away what an older line has added, so that no tool is there twice", async () => {
    putClaude(home);
    expect((await cli("install", "claude")).stderr).not.toContain("twice");
    put(join(home, ".claude.json"), '{"mcpServers":{"claude-bridge":{"type":"http"}}}');
    expect((await cli("install", "claude")).stderr).toContain("claude mcp remove -s user claude-bridge\n");
  });

  it("is undone with the scope that it was installed for", async () => {
    const asked = putClaude(home);
    await cli("install", "claude", "--scope", "local");
    await cli("uninstall");
    expect(asked().slice(2)).toEqual([
      "plugin uninstall bridge@claude-bridge --scope local",
      "plugin marketplace remove claude-bridge",
    ]);
    expect(snapshot()).toEqual({});
  });
});

describe("install", () => {
  it("changes nothing on a dry run, and shows all of it", async () => {
    const asked = putClaude(home);
    put(codexFile(), "a = 1\n");
    const untouched = snapshot();
    const { code, stdout } = await cli("install", "--dry-run");
    expect(code).toBe(0);
    expect(stdout.split("\n").map((line) => line.slice(0, 5))).toEqual([
      "copy ",
      "run  ",
      "run  ",
      "edit ",
      "     ",
      "     ",
      "     ",
      "",
    ]);
    expect(snapshot()).toEqual(untouched);
    expect(asked()).toEqual([]);
    expect((await cli("uninstall", "--dry-run")).stderr).toBe("nothing is installed\n");
  });

  it("connects what is there", async () => {
    const asked = putClaude(home);
    expect((await cli("install")).stderr).toContain("Installed for claude;");
    put(codexFile(), "a = 1\n");
    expect((await cli("install")).stderr).toContain("Installed for claude, codex;");
    expect(asked().length).toBe(4);
    expect(existsSync(projectFile())).toBe(false);
  });

  it("says so when nothing is there", async () => {
    expect(await cli("install")).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("neither Claude Code nor Codex"),
    });
    expect(snapshot()).toEqual({});
  });

  it("writes no secret, also where this machine has joined a bridge", async () => {
    put(join(home, ".config/claude-bridge/bridges.json"), "{}");
    putClaude(home);
    for (const client of ["claude", "codex", "json"]) await cli("install", client);
    const texts = [codexFile(), projectFile(), join(home, ".local/share/claude-bridge/installed.json")];
    for (const path of texts) expect(readFileSync(path, "utf8")).not.toMatch(/token|cbr_|Bearer/);
  });

  it("can do it again from the place where it has put the program", async () => {
    await cli("install", "codex");
    const once = snapshot();
    await installed("install", "codex");
    expect(snapshot()).toEqual(once);
  });
});
