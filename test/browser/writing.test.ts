import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { watchTrouble } from "./trouble.ts";

/** Writing, the rail, and what agents may have written into names and texts. */

const reason = whyNoChromium();
const title = reason === undefined ? "writing" : `writing [skipped: ${reason}]`;
/** What happens in a browser may take a moment on a busy machine. */
const soon = { timeout: 10_000 };

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let served: Served;
  let context: BrowserContext;
  let page: Page;
  let trouble: readonly string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    served = await serve();
    context = await browser.newContext({ viewport: { width: 1200, height: 700 } });
    trouble = watchTrouble(context, served.url);
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });

  const send = (channel: string, content: string, sender = "win/worker") =>
    connect({ url: served.url, sender }).send({ channel, content });
  const goTo = async (channel: string) => {
    await page.goto(`${served.url}/c/${encodeURIComponent(channel)}`);
    await page.locator(".live-state", { hasText: "Live" }).waitFor();
  };
  const text = (channel: string) => page.getByRole("textbox", { name: `Message to ${channel}` });
  const rail = () => page.getByRole("navigation", { name: "Channels and agents" });

  it("keeps the draft of each channel through a reload", async () => {
    await Promise.all([send("a:one", "x"), send("a:two", "x")]);
    await goTo("a:one");
    await text("a:one").fill("half a thought");
    await rail().getByRole("link", { name: "two" }).click();
    await text("a:two").waitFor();
    expect(await text("a:two").inputValue()).toBe("");
    await page.goBack();
    await page.reload();
    await expect.poll(() => text("a:one").inputValue(), soon).toBe("half a thought");
    expect(trouble).toEqual([]);
  });

  it("keeps here what is written while the bridge is away, and sends it once and in order", async () => {
    await goTo("a:one");
    await context.setOffline(true);
    for (const content of ["first", "second"]) {
      await text("a:one").fill(content);
      await page.keyboard.press("Control+Enter");
    }
    await page.getByRole("article").getByText("second", { exact: true }).waitFor();
    expect(
      await page
        .getByRole("article")
        .getByText(/sending|kept here/)
        .count(),
    ).toBe(2);
    await context.setOffline(false);
    const stored = async () => {
      const { messages } = await connect({ url: served.url }).messages({ channel: "a:one" });
      return messages.map(({ content }) => content);
    };
    await expect.poll(stored, soon).toEqual(["first", "second"]);
  });

  it("opens a new channel by a name that the bridge would take", async () => {
    await goTo("a:one");
    await rail().getByRole("button", { name: "New channel" }).click();
    const dialog = page.getByRole("dialog", { name: "New channel" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("x".repeat(257));
    await dialog.getByText("at most 256 characters").waitFor();
    await dialog.getByRole("textbox", { name: "Name" }).fill("100% new:[/y]");
    await dialog.getByRole("button", { name: "Open" }).click();
    await text("100% new:[/y]").fill("hello");
    await page.keyboard.press("Control+Enter");
    await rail().getByRole("link", { name: "[/y] 1", exact: true }).waitFor();
    const link = rail().getByRole("link", { name: "[/y]" });
    await expect.poll(() => link.getAttribute("aria-current"), soon).toBe("page");
    expect(trouble).toEqual([]);
  });

  it("says in the rail what is new in a channel, until one looks", async () => {
    await Promise.all([send("a:one", "x"), send("a:two", "x")]);
    await goTo("a:one");
    await rail().getByRole("link", { name: "two 1", exact: true }).waitFor();
    await send("a:two", "y");
    await rail().getByRole("link", { name: "two 1 new" }).click();
    await page.getByRole("article").getByText("y", { exact: true }).waitFor();
    await rail().getByRole("link", { name: "one" }).click();
    await rail().getByRole("link", { name: "two 2", exact: true }).waitFor();
    expect(trouble).toEqual([]);
  });

  it("has the channels at hand where there is no room for the rail", async () => {
    await send("a:two", "found");
    await page.setViewportSize({ width: 360, height: 640 });
    await goTo("a:one");
    await page.getByRole("button", { name: "Channels and agents" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "two" }).click();
    await page.getByRole("article").getByText("found", { exact: true }).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(trouble).toEqual([]);
  });

  it.each([
    ["markup", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
    ["another direction", "a\u{202e}b", String.raw`a\u{202e}b`],
    ["a star and a quote", 'we*ird "x"', 'we*ird "x"'],
    ["a path", "x:[/y]/../%2e%2e", "x:[/y]/../%2e%2e"],
  ])("shows %s in names and texts as what it is", async (_what, name, shown) => {
    await send(name, `${name} \u001b[31mred ${"A".repeat(120_000)}`, name);
    await send('we*ird and more "x"', "not of this channel");
    await goTo(name);
    const article = page.getByRole("article");
    await article.getByText(String.raw`${shown} \u{1b}[31mred`).waitFor();
    expect(await article.getByRole("button", { name: shown, exact: true }).count()).toBe(1);
    expect(await article.count()).toBe(1);
    expect(await page.locator("main img").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(trouble).toEqual([]);
  });
});
