import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { watchTrouble } from "./trouble.ts";

/** The dashboard in several tabs of one browser. */

const reason = whyNoChromium();
const title = reason === undefined ? "two tabs" : `two tabs [skipped: ${reason}]`;

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let served: Served;
  let context: BrowserContext;
  let trouble: readonly string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    served = await serve();
    context = await browser.newContext();
    trouble = watchTrouble(context, served.url);
  });
  afterEach(async () => {
    expect(trouble).toEqual([]);
    await context.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });

  const send = (content: string) => connect({ url: served.url }).send({ channel: "demo", sender: "mac/a", content });
  const streams = () => served.bridge.streams.inside;
  const rows = (page: Page) => page.getByRole("log").getByText(/^message \d+$/);

  async function open(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${served.url}/c/demo`);
    await page.getByRole("banner").getByText("Live", { exact: false }).waitFor();
    return page;
  }

  it("have one stream, which ends some moments after the last of them is closed", async () => {
    await send("message 1");
    const first = await open();
    const second = await open();
    await send("message 2");
    for (const page of [first, second]) {
      await expect.poll(() => rows(page).allTextContents()).toEqual(["message 1", "message 2"]);
    }
    expect(streams()).toBe(1);

    await first.close();
    await send("message 3");
    await expect.poll(() => rows(second).count()).toBe(3);
    expect(streams()).toBe(1);

    await second.close();
    await expect.poll(streams, { timeout: 10_000 }).toBe(0);
  });

  it("go on when one of them goes elsewhere and comes back", async () => {
    const page = await open();
    await send("message 1");
    await rows(page).waitFor();
    await page.goto("about:blank");
    await expect.poll(streams, { timeout: 10_000 }).toBe(0);
    await send("message 2");
    await page.goBack();
    await expect.poll(() => rows(page).allTextContents()).toEqual(["message 1", "message 2"]);
    await send("message 3");
    await expect.poll(() => rows(page).allTextContents()).toEqual(["message 1", "message 2", "message 3"]);
    expect(streams()).toBe(1);
  });

  it("agree on how they look", async () => {
    const first = await open();
    const second = await open();
    const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset["theme"]);
    await first.keyboard.press("t");
    await expect.poll(() => theme(first)).toBe("ink");
    await expect.poll(() => theme(second)).toBe("ink");
  });
});
