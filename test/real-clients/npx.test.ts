import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { readStartLine } from "./bridge-process.ts";
import { run, startChild } from "./child.ts";
import { findTarball } from "./product.ts";
import { describeWithClients } from "./with-clients.ts";

// With the clients, because it too needs the package registry.
describeWithClients("npx, on a machine that has never seen the package", () => {
  it("fetches it, tells its version and starts a bridge that answers", async () => {
    const folder = await mkdtemp(join(tmpdir(), "npx-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const tarball = await findTarball();
    const npx = (...args: string[]) => ({
      file: "npx",
      args: ["--yes", `file:${tarball}`, ...args],
      cwd: folder,
      env: {
        ...process.env,
        PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
        npm_config_cache: join(folder, "cache"),
        npm_config_prefix: join(folder, "prefix"),
      },
    });

    expect(await run(npx("--version"))).toMatchObject({ code: 0, stdout: `claude-bridge ${packageJson.version}` });

    const bridge = startChild(npx("--port", "0", "--db", join(folder, "bridge.db"), "--json"));
    const { url } = await readStartLine(bridge);
    const status = await fetch(`${url}/status`);
    expect(await status.json()).toMatchObject({ service: "claude-bridge", version: packageJson.version });
  });
});
