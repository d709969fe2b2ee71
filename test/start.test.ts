import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bin } from "./real-clients/product.ts";
import { cleanUp, runCli, startRelayProcess, temporaryFolder } from "./support/cli.ts";

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder();
});
afterEach(cleanUp);

/** Prints, when the process ends, the modules that it has loaded. Times say nothing on a busy machine; this does. */
const countsModules = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  process.on("exit", () => console.error("loaded:" + JSON.stringify(loaded)));
`)}`;
const node = ["--import", countsModules];
const loadedOf = (stderr: string) => JSON.parse(/^loaded:(.*)$/m.exec(stderr)?.[1] ?? "[]") as readonly string[];
const fromFiles = (loaded: readonly string[]) => loaded.filter((url) => url.startsWith("file:"));

describe("a start", () => {
  it("of a relay loads few files", async () => {
    const relay = await startRelayProcess([], { cwd, node });
    relay.kill("SIGTERM");
    await relay.exit;
    const files = fromFiles(loadedOf(relay.stderr()));
    expect(files.length).toBeGreaterThan(10);
    expect(files.length).toBeLessThan(90);
    expect(files.filter((url) => /node_modules\/(zod|hono|@hono|@modelcontextprotocol)\//.test(url))).toEqual([]);
  });

  it("over stdio loads few files, and no HTTP", async () => {
    const { stderr } = await runCli(["--stdio"], { cwd, node });
    const loaded = loadedOf(stderr);
    expect(fromFiles(loaded).length).toBeGreaterThan(10);
    expect(fromFiles(loaded).length).toBeLessThan(90);
    expect(loaded).not.toContain("node:http");
    expect(loaded).not.toContain("node:https");
  });
});

describe("the program's files", () => {
  it("come with the licenses of what is in them", () => {
    const licenses = readFileSync(join(dirname(bin), "../dist/program/THIRD-PARTY-LICENSES.txt"), "utf8");
    for (const name of ["@modelcontextprotocol/server", "commander", "hono", "zod"]) {
      expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, (MIT|Apache-2\\.0)$`, "m"));
    }
    expect(licenses).toContain("Permission is hereby granted");
  });
});
