import type { CDPSession, Page } from "playwright-core";
import { launchChromium, whyNoChromium } from "../../test/browser/chromium.ts";
import { openPublisher, type Publisher } from "../load/publisher.ts";
import { buildDashboard } from "../product/dashboard.ts";
import type { Context, Group } from "../product/context.ts";
import { startRelay } from "../product/relay.ts";
import { atMost, show, skipped } from "../report/row.ts";

const name = "the dashboard's feed, 10,000 rows, 200 messages/s";
const rows = 10_000;
const perSecond = 200;
const mb = 1024 * 1024;

/** Whether a person can still use the page in a flood. Not in the full run, for which it takes too long. */
export const page: Group = {
  name: "page",
  isOnDemand: true,
  async *run(context) {
    const reason = whyNoChromium();
    if (reason !== undefined) return yield skipped("page", name, reason);
    buildDashboard(context.product);
    await using relay = await startRelay(context);
    const publisher = await openPublisher({ port: relay.port, connections: 16, channel: "bench:page" });
    const browser = await launchChromium();
    try {
      const shown = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
      // An empty list is none.
      await publisher.pace(perSecond, 0.2);
      await shown.goto(`http://localhost:${relay.port}/all`);
      await shown.getByRole("log").waitFor({ timeout: 30_000 });
      yield rowOf(await flood(context, shown, publisher));
    } finally {
      await browser.close();
      publisher.close();
    }
  },
};

interface Figures {
  readonly longest: number;
  readonly tasks: number;
  readonly heap: number;
  readonly moved: number;
}

async function flood(context: Context, shown: Page, publisher: Publisher): Promise<Figures> {
  await publisher.pace(2_000, rows / 2_000);
  await publisher.pace(perSecond, 1);
  await shown.evaluate(watchTasks);
  const seconds = context.isQuick ? 10 : 60;
  await publisher.pace(perSecond, seconds);
  const { longest, tasks } = await shown.evaluate(tasksSoFar);
  const heap = await heapOf(await shown.context().newCDPSession(shown));
  return { longest, tasks, heap, moved: await movedWhilePaused(shown, publisher) };
}

/** Tasks that keep a page from answering: over 50 ms. */
function watchTasks(): void {
  const seen = { longest: 0, tasks: 0 };
  Object.assign(globalThis, { seenTasks: seen });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.longest = Math.max(seen.longest, duration);
      seen.tasks += 1;
    }
  }).observe({ type: "longtask" });
}

const tasksSoFar = () => (globalThis as unknown as { seenTasks: { longest: number; tasks: number } }).seenTasks;

async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return usedSize / mb;
}

/** How far the row at the top moves, in pixels, while one has scrolled up and messages come. */
async function movedWhilePaused(shown: Page, publisher: Publisher): Promise<number> {
  await shown.getByRole("log").hover();
  await shown.mouse.wheel(0, -3_000);
  await publisher.pace(perSecond, 1);
  await shown.getByText(/\d+ new message/).waitFor();
  const before = await shown.evaluate(topRow);
  await publisher.pace(perSecond, 5);
  const after = await shown.evaluate(topRow);
  return before.text === after.text ? Math.abs(after.top - before.top) : Number.POSITIVE_INFINITY;
}

function topRow(): { readonly text: string; readonly top: number } {
  const list = document.querySelector('[role="log"]')?.getBoundingClientRect();
  const row = [...document.querySelectorAll('[role="log"] article')].find(
    (one) => one.getBoundingClientRect().top >= (list?.top ?? 0),
  );
  const text = row?.querySelector("p")?.textContent ?? "";
  return { text, top: row?.getBoundingClientRect().top ?? 0 };
}

const rowOf = ({ longest, tasks, heap, moved }: Figures) => ({
  group: "page",
  name,
  measured: `longest task ${show(longest)} ms, ${tasks} over 50 ms; heap ${show(heap)} MB; moved ${show(moved)} px while paused`,
  targets: [
    atMost("longest task", 200, "ms", longest),
    atMost("heap", 60, "MB", heap),
    atMost("moved", 0, "px", moved),
  ],
  figures: { longest, tasks, heap, moved },
});
