import { setTimeout as sleep } from "node:timers/promises";
import { cpuMs, residentKb } from "../measure/usage.ts";
import type { Group } from "../product/context.ts";
import { startRelay } from "../product/relay.ts";
import { atMost, type Row, show, skipped } from "../report/row.ts";

/** A relay that nobody talks to. */
export const idle: Group = {
  name: "idle",
  async *run(context) {
    await using relay = await startRelay(context);
    await sleep(context.seconds(3) * 1000);
    const [before, seconds] = [cpuMs(relay.pid), context.seconds(12)];
    await sleep(seconds * 1000);
    const [after, kb] = [cpuMs(relay.pid), residentKb(relay.pid)];
    if (before === undefined || after === undefined || kb === undefined) {
      yield skipped("idle", "idle relay", "this system does not tell");
      return;
    }
    yield toRow(kb / 1024, (after - before) / (seconds * 10));
  },
};

function toRow(mb: number, cpuPercent: number): Row {
  return {
    group: "idle",
    name: "idle relay",
    measured: `${show(mb)} MB resident, ${cpuPercent.toFixed(3)} % of a core`,
    targets: [atMost("", 100, "MB", mb), atMost("CPU", 0.1, "%", cpuPercent)],
    figures: { mb, cpuPercent },
  };
}
