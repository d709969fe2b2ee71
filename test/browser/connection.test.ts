import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { type Served, serve } from "../support/face.ts";
import { type BreakableWay, startBreakableWay } from "./breakable-way.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { watchTrouble } from "./trouble.ts";

/** The dashboard when its bridge goes away and comes back. */

const reason = whyNoChromium();
const title = reason === undefined ? "a connection" : `a connection [skipped: ${reason}]`;

/** What a browser says of its own when nobody answers. */
const nobodyAnswers = /net::ERR_|dynamically imported module/;

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let served: Served;
  let way: BreakableWay;
  let context: BrowserContext;
  let page: Page;
  let trouble: readonly string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    served = await serve();
    way = await startBreakableWay(served.url);
    context = await browser.newContext();
    trouble = watchTrouble(context, way.url);
    page = await context.newPage();
  });
  afterEach(async () => {
    expect(trouble.filter((line) => !nobodyAnswers.test(line))).toEqual([]);
    await context.close();
    await way.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });

  const send = (content: string) => connect({ url: served.url }).send({ channel: "demo", sender: "mac/a", content });
  const rows = () => page.getByRole("log").getByText(/^message \d+$/);
  const bar = () => page.getByText(/^Connection lost\. Retrying (in \d+ s|now)\. Messages are safe on the bridge\.$/);
  const live = () => page.getByRole("banner").getByText("Live", { exact: false });

  it("is lost, said after a moment, and back with the draft, and each message once", async () => {
    for (let at = 1; at <= 3; at += 1) await send(`message ${at}`);
    await page.goto(`${way.url}/c/demo`);
    await live().waitFor();
    await expect.poll(() => rows().count()).toBe(3);
    const draft = page.getByRole("textbox", { name: "Message to demo" });
    await draft.fill("not sent yet");

    await way.cut();
    await bar().waitFor();
    await page.getByRole("alert").getByText("Connection lost").waitFor();
    for (let at = 4; at <= 8; at += 1) await send(`message ${at}`);
    expect(await rows().count()).toBe(3);
    await draft.press("End");
    await draft.pressSequentially(", and longer");

    await way.mend();
    // Unless it is back by itself by then.
    await page
      .getByRole("button", { name: "Try now" })
      .click({ timeout: 2_000 })
      .catch(() => {});
    await page.getByText("Caught up: 5 messages").waitFor();
    await live().waitFor();
    await expect.poll(() => bar().count()).toBe(0);
    const shown = await rows().allTextContents();
    expect(shown).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((at) => `message ${at}`));
    expect(await draft.inputValue()).toBe("not sent yet, and longer");
  });

  it("says how quickly the bridge answers, and where one is", async () => {
    await page.goto(`${way.url}/c/100%25%20a%252Fb`);
    await page
      .getByRole("banner")
      .getByText(/^\d+ ms$/)
      .waitFor();
    await page.getByRole("heading", { name: "100% a%2Fb", level: 1 }).waitFor();
    await expect.poll(() => page.title()).toBe(`100% a%2Fb · ${new URL(way.url).host}`);
  });

  it("shows that the bridge does not answer when the page has come and nothing else does", async () => {
    await page.route("**/api/session", (route) => route.abort("connectionrefused"));
    await page.goto(way.url);
    await page.getByText("does not answer").waitFor();
    await page.getByText(/Trying again (in \d s|now)/).waitFor();
    await page.unroute("**/api/session");
    await page.getByRole("button", { name: "Try now" }).click();
    await live().waitFor();
    expect(await page.getByText("does not answer").count()).toBe(0);
  });

  it("says that there is another dashboard when the bridge comes back as another version, and leaves it at that", async () => {
    await page.goto(`${way.url}/c/demo`);
    await page
      .getByRole("banner")
      .getByText(/^\d+ ms$/)
      .waitFor();
    await page.route("**/status", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), version: "99.0.0" } });
    });
    await way.cut();
    await bar().waitFor();
    await way.mend();
    const updated = page.getByRole("region", { name: "Notices" }).getByText("Dashboard updated.");
    await updated.waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Reload" }).click();
    await live().waitFor();
    expect(await updated.count()).toBe(0);
  });

  it("says of a screen that cannot be loaded what to do, and lets the others work", async () => {
    await page.goto(`${way.url}/c/demo`);
    await live().waitFor();
    await page.route("**/assets/health-screen*.js", (route) => route.abort("failed"));
    await page.goto(`${way.url}/health`);
    await page.getByRole("alert").getByText("This screen cannot be shown").waitFor();
    await page.getByRole("button", { name: "Copy details" }).waitFor();
    await page.getByRole("link", { name: "All messages" }).click();
    await page.getByRole("heading", { name: "All messages" }).waitFor();
    expect(await page.getByText("This screen cannot be shown").count()).toBe(0);
    expect(trouble.filter((line) => !nobodyAnswers.test(line))).toEqual([]);
  });

  it("tells those who listen what came, in one sentence", async () => {
    await page.goto(`${way.url}/c/demo`);
    await live().waitFor();
    await expect.poll(() => served.bridge.streams.inside).toBe(1);
    await send("message 1");
    await page.locator("[aria-live='polite']").getByText("1 new in demo").waitFor({ state: "attached" });
    expect(await rows().count()).toBe(1);
  });
});
