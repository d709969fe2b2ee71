import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { type Relay, startRelay } from "./relay.ts";

export interface MeasuredRelay extends Relay {
  /** What it still holds when it has collected its garbage, in MB; 0 on Windows, where it cannot be asked. */
  heldMb(): Promise<number>;
}

export async function startMeasuredRelay(folder: string): Promise<MeasuredRelay> {
  const answer = join(folder, "memory");
  const node = ["--expose-gc", "--import", join(import.meta.dirname, "memory-probe.ts")];
  const relay = await startRelay({ folder, node, env: { BRIDGE_MEMORY: answer } });
  return {
    ...relay,
    async heldMb() {
      if (process.platform === "win32") return 0;
      rmSync(answer, { force: true });
      relay.signal("SIGUSR2");
      return Number(await vi.waitFor(() => readFileSync(answer, "utf8"), { timeout: 20_000 })) / 1e6;
    },
  };
}

/** The growth per minute of what was measured at some seconds, by least squares. */
export function slopePerMinute(samples: readonly { readonly seconds: number; readonly mb: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const seconds = mean(samples.map((sample) => sample.seconds));
  const mb = mean(samples.map((sample) => sample.mb));
  const covariance = mean(samples.map((sample) => (sample.seconds - seconds) * (sample.mb - mb)));
  const variance = mean(samples.map((sample) => (sample.seconds - seconds) ** 2));
  return (covariance / variance) * 60;
}
