/** Loaded into a relay before anything of its own: when asked by a signal, collects garbage and tells what is left. */
import { renameSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const path = process.env["BRIDGE_MEMORY"] ?? "";

process.on("SIGUSR2", () => void tell());

async function tell(): Promise<void> {
  // Buffers are given back some time after they were found to be garbage.
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await pause(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  writeFileSync(`${path}.part`, `${heapUsed + external}`);
  renameSync(`${path}.part`, path);
}
