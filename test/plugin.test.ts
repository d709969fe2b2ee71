import { execFile } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { countTokens } from "gpt-tokenizer";
import { afterEach, describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { hookEvents } from "../src/faces/cli/local/hook-events.ts";
import { bin } from "./real-clients/product.ts";
import { cleanUp, temporaryFolder } from "./support/cli.ts";

/** As the package ships it. */
const plugin = join(dirname(dirname(bin)), "dist/plugin");
const text = (path: string) => readFileSync(join(plugin, path), "utf8");
const json = (path: string): unknown => JSON.parse(text(path));
afterEach(cleanUp);

describe("the plugin", () => {
  it("has the version of its package, and a marketplace that offers it", () => {
    expect(json(".claude-plugin/plugin.json")).toMatchObject({ name: "bridge", version: packageJson.version });
    expect(json(".claude-plugin/marketplace.json")).toMatchObject({
      name: "claude-bridge",
      plugins: [{ name: "bridge", source: "./" }],
    });
  });

  it("starts nothing but its own program, wherever it is", () => {
    const files = [".claude-plugin/plugin.json", "hooks/hooks.json", "monitors/monitors.json"].map(text).join("\n");
    const programs = [...files.matchAll(/"command": "(.+)"/g)].map(([, command]) => command);
    const monitor = String.raw`node \"${"${CLAUDE_PLUGIN_ROOT}"}/bin/claude-bridge.js\" monitor`;
    expect(new Set(programs)).toEqual(new Set(["node", monitor]));
    expect(files.match(/\$\{CLAUDE_PLUGIN_ROOT\}\/bin\/claude-bridge\.js/g)).toHaveLength(programs.length);
    const hooks = [...files.matchAll(/"hook", "([\w-]+)"/g)].map(([, event]) => event);
    expect(new Set(hooks)).toEqual(new Set(hookEvents));
  });

  it("runs from a copy, with nothing installed around it", async () => {
    const folder = temporaryFolder();
    cpSync(plugin, join(folder, "copy"), { recursive: true });
    const program = join(folder, "copy/bin/claude-bridge.js");
    const { stdout } = await promisify(execFile)(process.execPath, [program, "--version"], { cwd: folder });
    expect(stdout).toBe(`claude-bridge ${packageJson.version}\n`);
    const server = promisify(execFile)(process.execPath, [program, "mcp"], { cwd: folder, env: { HOME: folder } });
    server.child.stdin?.end('{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n');
    expect((await server).stdout).toContain('"name":"bridge_send"');
  });

  it("is pure JavaScript of one size", () => {
    const files = readdirSync(plugin, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).filter((name) => !/\.(?:js|json|md|txt)$/.test(name))).toEqual([]);
    expect(json("package.json")).not.toHaveProperty("dependencies");
    expect(existsSync(join(plugin, "node_modules"))).toBe(false);
  });

  it("names everybody whose work is in it", () => {
    const licenses = text("THIRD-PARTY-LICENSES.txt");
    for (const name of Object.keys(packageJson.dependencies)) expect(licenses).toContain(`${name} `);
  });
});

describe("the skill", () => {
  const skill = text("skills/bridge/SKILL.md");

  it("costs an agent less than 600 tokens", () => {
    expect(countTokens(skill)).toBeLessThan(600);
  });

  it.each(["<machine>/<role>", "payments:worker", "data", "bridge_ack", "Do not poll"])("teaches %s", (word) => {
    expect(skill).toContain(word);
  });
});
