import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

/** The rules of the house: who may know whom, and what has one place only. ARCHITECTURE.md says why. */

const root = dirname(import.meta.dirname);
const own = [
  "core",
  "access",
  "agents",
  "operations",
  "stores",
  "view",
  "config",
  "serve",
  "version",
  "faces/http",
  "faces/mcp",
  "faces/cli",
  "faces/tui",
];

/** What each part may import: parts, single files, packages. `node:*` is every module of Node. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ["core", "zod"],
  access: ["core", "access", "zod", "node:*"],
  agents: ["core", "agents", "zod", "node:*"],
  operations: ["core", "operations", "zod"],
  stores: ["core", "stores", "node:*"],
  "faces/http": ["core", "operations", "faces/http", "hono", "@hono/node-server", "zod", "node:*"],
  "faces/mcp": ["core", "operations", "faces/mcp", "@modelcontextprotocol/server", "zod", "node:*"],
  // Commands that work on a database file, and on no running bridge, ask the engine itself.
  "faces/cli": [
    "core",
    "client",
    "config",
    "operations",
    "serve",
    "shim",
    "view",
    "faces/mcp",
    "faces/tui",
    "version",
    "faces/cli",
    "src/stores/back-up-database.ts",
    "src/stores/examine-database.ts",
    "src/stores/import-database.ts",
    "src/stores/import-messages.ts",
    "src/stores/restore-database.ts",
    "commander",
    "undici",
    "uqr",
    "node:*",
  ],
  "faces/tui": ["core", "client", "view", "faces/tui", "ink", "react", "node:*"],
  client: ["core", "client"],
  view: ["core", "client", "view"],
  // The other end of the bridge's tools: what it knows of the bridge came over the network.
  shim: ["core", "operations", "client", "config", "faces/mcp", "shim", "node:*"],
  config: ["core", "config", "node:*"],
  serve: [...own, "pino", "@peculiar/x509", "reflect-metadata", "node:*"],
  testing: ["core", "testing", "vitest", "node:*"],
  version: ["node:*"],
  "keep-compiled": ["node:*"],
  index: own,
  // It knows the bridge as any client does.
  web: [
    "core",
    "client",
    "view",
    "web",
    "@base-ui/react",
    "@tanstack/react-query",
    "@tanstack/react-virtual",
    "cmdk",
    "react",
    "react-dom",
    "uqr",
    "wouter",
    "virtual:tokens.css",
  ],
};

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file of ours below `folder`. */
function sourcesIn(folder: string): readonly Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.includes("node_modules/"))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

const isTest = ({ path }: Source) => path.endsWith(".test.ts");
const all = [...sourcesIn("src"), ...sourcesIn("web"), ...sourcesIn("test")];
const product = [...sourcesIn("src"), ...sourcesIn("web/src")].filter((source) => !isTest(source));

/** The part of the house that a file belongs to: `src/config.ts` and `src/config/…` are `config`. */
function partOf(path: string): string {
  const [house, first = "", second = ""] = path.replace(/\.tsx?$/, "").split("/");
  if (house === "web") return house;
  return first === "faces" ? `faces/${second}` : first;
}

/** As the formatter writes them. */
const importPattern = /(?:^import |\bfrom |\bimport\()"([^"]+)"/gm;

/** What the file imports: paths of ours from the root, packages by name. */
function importsOf({ path, text }: Source): readonly string[] {
  return [...text.matchAll(importPattern)].map(([, target = ""]) => {
    if (target.startsWith(".")) return posix.join(posix.dirname(path), target);
    return target.startsWith("node:") ? "node:*" : target.split("/", target.startsWith("@") ? 2 : 1).join("/");
  });
}

/** Everything that is loaded with the file: types are not. */
function loadedBy(path: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(path)) return loaded;
  loaded.add(path);
  const source = product.find((candidate) => candidate.path === path);
  const text = (source?.text ?? "").replace(/^(?:import|export) type [^;]*;/gm, "");
  for (const target of importsOf({ path, text })) loadedBy(target, loaded);
  return loaded;
}

const where = (sources: readonly Source[]) => sources.map(({ path }) => path);
const outside = (...parts: string[]) => product.filter(({ path }) => !parts.includes(partOf(path)));

describe("the parts of the house", () => {
  it("are all there to be looked at", () => {
    expect(product.length).toBeGreaterThan(80);
    expect(product.flatMap(importsOf).length).toBeGreaterThan(300);
    expect(new Set(where(product).map(partOf))).toEqual(new Set(Object.keys(mayImport)));
  });

  it.each(Object.entries(mayImport))("%s imports only what it may", (part, allowed) => {
    const strays = product
      .filter(({ path }) => partOf(path) === part)
      .flatMap((source) => importsOf(source).map((target) => ({ path: source.path, target })))
      .filter(
        ({ target }) =>
          !allowed.includes(target) && !(/^(?:src|web)\//.test(target) && allowed.includes(partOf(target))),
      );
    expect(strays).toEqual([]);
  });

  it("leave the client what a browser can run", () => {
    const loaded = loadedBy("src/client/index.ts");
    expect(loaded.size).toBeGreaterThan(10);
    expect([...loaded].filter((target) => !/^src\/(?:client|core)\//.test(target))).toEqual([]);
  });

  it("do not import their tests", () => {
    const targets = product.flatMap(importsOf);
    expect(targets.filter((target) => target.includes(".test.") || target.startsWith("test/"))).toEqual([]);
  });
});

describe("one place only", () => {
  it("reads the environment: config", () => {
    expect(where(outside("config").filter(({ text }) => /process\.env\b/.test(text)))).toEqual([]);
  });

  it("tells the time: the clock", () => {
    const readers = product.filter(({ text }) => /\bDate\.now\(|\bnew Date\(\)|\bDate\(\)/.test(text));
    expect(where(readers)).toEqual(["src/core/clock.ts"]);
  });

  it("ends the process: the command line", () => {
    expect(where(outside("faces/cli").filter(({ text }) => /process\.exit\b/.test(text)))).toEqual([]);
  });
});

describe("every file", () => {
  it("has at most 300 lines", () => {
    expect(where(all.filter(({ text }) => text.split("\n").length > 301))).toEqual([]);
  });

  it("exports by name", () => {
    const unnamed = all.filter(({ path, text }) => !path.endsWith(".config.ts") && /^export default\b/m.test(text));
    expect(where(unnamed)).toEqual([]);
  });

  it("is named by what it is about", () => {
    const vague = /^(utils?|helpers?|managers?|services?|common|misc|types)$|-(utils?|helpers?|manager|service)$/;
    expect(where(all).filter((path) => vague.test(basename(path).replace(/\.tsx?$/, "")))).toEqual([]);
  });
});
