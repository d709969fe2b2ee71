import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serve } from "./support/face.ts";

/** The programs in docs/client.md, as readers run them: on the package's own export, each in a process of its own. */

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/client.md"), "utf8");
const programs = [...page.matchAll(/^## (.+)\n[^]*?```ts\n([^]*?)```/gm)].map(([, title = "", text = ""]) => ({
  title,
  text,
}));

let served: Served;
let folder: string;
beforeAll(async () => {
  served = await serve();
  // Within the package, so that it finds itself by its name.
  folder = mkdtempSync(join(root, ".cache/client-docs-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await served.close();
});

async function run(title: string): Promise<string> {
  const { text = "" } = programs.find((program) => program.title === title) ?? {};
  const file = join(folder, `${title.replaceAll(" ", "-")}.ts`);
  writeFileSync(file, text.replaceAll("http://localhost:8765", served.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
  return stdout;
}

describe("the examples of docs/client.md", () => {
  it("are all there", () => {
    const titles = [
      "Send",
      "Read",
      "Subscribe",
      "Go on where it stopped",
      "Wait and acknowledge",
      "Inbox and receipts",
      "Ask and answer",
      "Watch receipts and agents",
      "When something fails",
      "Stop a call",
    ];
    expect(programs.map(({ title }) => title)).toEqual(titles);
  });

  it("do what they say, one after the other", async () => {
    expect(await run("Send")).toMatch(/^[-0-9a-f]{36} stored\n$/);
    expect(await run("Read")).toMatch(/^1 mac hello\n2 mac \{.*"Run the tests".*\}\n$/);
    expect(await run("Subscribe")).toBe("demo:worker mac: hello\n");
    expect(await run("Go on where it stopped")).toBe("message 1\n");
    expect(await run("Go on where it stopped")).toBe("message 2\n");
    expect(await run("Wait and acknowledge")).toMatch(/^text hello\ntask \{.*\}\n$/);
    expect(await run("Inbox and receipts")).toMatch(
      /^win\/worker .*\.\naddressed by mac\/lead\nwin\/worker answered\n$/,
    );
    expect(await run("Ask and answer")).toBe("win/worker yes\n");
    expect(await run("Watch receipts and agents")).toMatch(
      /^win\/worker next step\n(win\/worker .*\n)*win\/worker in_context\n$/,
    );
    expect(await run("When something fails")).toMatch(/^invalid_input channel channel: must not start or end with/);
    expect(await run("Stop a call")).toBe("nobody waits any more\n");
  });
});
