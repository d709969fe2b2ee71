import type { Browser, BrowserContext, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { type BridgeClient, connect } from "../../src/client/index.ts";
import { quickly } from "../support/client.ts";
import { type Served, serve, type ServeOptions } from "../support/face.ts";
import { watchTrouble } from "./trouble.ts";

/** A bridge, and a browser that looks at it. Afterwards nothing must have gone wrong in either. */
export interface Dashboard {
  readonly served: Served;
  readonly context: BrowserContext;
  /** What should not have happened on the page; stays empty. */
  readonly trouble: readonly string[];
  /** The screen at this path. */
  open(path: string): Promise<Page>;
  /** A client that calls itself so. */
  as(agent: string): BridgeClient;
}

/** For as long as the test runs. */
export async function openDashboard(browser: Browser, options: ServeOptions = {}): Promise<Dashboard> {
  const served = await serve(options);
  const context = await browser.newContext({ reducedMotion: "reduce" });
  // Sooner than the test's own limit, which would not say what was waited for.
  context.setDefaultTimeout(12_000);
  const trouble = watchTrouble(context, served.url);
  onTestFinished(async () => {
    await context.close();
    await served.close();
  });
  return {
    served,
    context,
    trouble,
    async open(path) {
      const page = await context.newPage();
      await page.goto(`${served.url}${path}`);
      return page;
    },
    as: (agent) => connect({ url: served.url, agent, ...quickly }),
  };
}
