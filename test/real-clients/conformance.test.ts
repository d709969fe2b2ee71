import { join } from "node:path";
import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { startBridge } from "./bridge-process.ts";
import { run } from "./child.ts";
import { describeWithClients } from "./with-clients.ts";

const baseline = join(import.meta.dirname, "conformance-baseline.yml");

describeWithClients("The protocol's conformance suite", ({ conformance }) => {
  // Exits 0 when exactly the scenarios of the baseline fail: neither one more, nor one less.
  it.each(["2025-11-25", "2026-07-28"])("passes for %s, but for what the baseline explains", async (revision) => {
    const { url } = await startBridge();
    const flags = ["--url", `${url}/mcp`, "--requirements", revision, "--expected-failures", baseline];
    const { code, stdout, stderr } = await run({
      file: process.execPath,
      args: [conformance, "server", ...flags],
      cwd: tmpdir(),
      env: { PATH: process.env["PATH"], HOME: tmpdir() },
    });
    expect(code, `${stdout}\n${stderr}`).toBe(0);
  });
});
