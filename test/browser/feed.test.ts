import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import type { ChannelName } from "../../src/core/message.ts";
import { createMemoryStore } from "../../src/stores/memory.ts";
import { type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { watchTrouble } from "./trouble.ts";

/** The list of a channel, as somebody reads it while agents talk. */

const reason = whyNoChromium();
const title = reason === undefined ? "the feed" : `the feed [skipped: ${reason}]`;
const channel = "payments:worker" as ChannelName;

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let served: Served;
  let context: BrowserContext;
  let page: Page;
  let trouble: readonly string[];
  /** Messages come at this pace, by the bridge's clock: what comes faster is a flood. */
  let [ahead, paceMs] = [0, 100];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    [ahead, paceMs] = [0, 100];
    const clock = { now: () => Date.now() + (ahead += paceMs) };
    served = await serve({ store: createMemoryStore({ clock }) });
    context = await browser.newContext({ viewport: { width: 1200, height: 700 } });
    trouble = watchTrouble(context, served.url);
    page = await context.newPage();
  });
  afterEach(async () => {
    expect(trouble).toEqual([]);
    await context.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });

  const as = (agent: string) => connect({ url: served.url, agent, sender: agent });
  const append = (contents: readonly string[], to = channel) =>
    served.bridge.store.append(contents.map((content) => ({ channel: to, sender: "win/worker", content })));
  const numbered = (count: number, prefix: string) => Array.from({ length: count }, (_, at) => `${prefix}${at + 1}`);
  const goTo = async (name: string = channel) => {
    await page.goto(`${served.url}/c/${encodeURIComponent(name)}`);
    await page.locator(".live-state", { hasText: "Live" }).waitFor();
  };
  const list = () => page.getByRole("log");
  const row = (content: string) =>
    list()
      .getByRole("article")
      .filter({ has: page.getByText(content, { exact: true }) });
  const pill = (words: string) => page.getByRole("button", { name: words, exact: true });
  const topOf = async (content: string) => (await row(content).boundingBox())?.y;

  it("shows what comes, and follows it", async () => {
    await append(numbered(60, "old "));
    await goTo();
    await row("old 60").waitFor();
    await append(["one more"]);
    await row("one more").waitFor();
    await expect.poll(() => row("one more").evaluate(isInView), soon).toBe(true);
  });

  it("shows what one sends at once, and how far it gets where it stands", async () => {
    await goTo();
    await page.getByRole("combobox", { name: "Recipient" }).fill("win/worker");
    await page.getByRole("textbox", { name: `Message to ${channel}` }).fill("Run the tests");
    await page.keyboard.press("Control+Enter");
    await row("Run the tests").getByText("stored").waitFor();
    const [sent] = (await as("x").messages({ channel })).messages;
    await as("win/worker").mark([{ messageId: sent?.id ?? "", state: "in_context" }]);
    await row("Run the tests")
      .getByText(/in context/)
      .waitFor();
    expect(await row("Run the tests").count()).toBe(1);
    await page
      .getByText(/nobody/i)
      .first()
      .waitFor();
  });

  it("holds still in a flood while one reads further up, counts, and loses nothing", async () => {
    await append(numbered(80, "old "));
    await goTo();
    await row("old 80").waitFor();
    await list().hover();
    await page.mouse.wheel(0, -900);
    await page.getByRole("button", { name: /^Paused/ }).waitFor();
    const [seen = ""] = await list()
      .getByText(/^old \d+$/)
      .allTextContents();
    const before = await topOf(seen);
    paceMs = 5;
    await append(numbered(300, "new "));
    await pill("300 new messages").waitFor();
    expect(await topOf(seen)).toBe(before);
    await pill("300 new messages").click();
    const folds = list().getByRole("button", { name: "Show all" });
    await folds.last().waitFor();
    // The first sixty of a flood stand for themselves, and what came just before it counts among them.
    await expect.poll(() => foldedIn(folds), soon).toBeGreaterThanOrEqual(300 - 60);
    await folds.last().click();
    await row("new 300").waitFor();
  });

  it("does not move what one presses while one presses it", async () => {
    await append(numbered(60, "old "));
    await goTo();
    await row("old 60").hover();
    await page.mouse.down();
    const before = await topOf("old 60");
    await append(["while pressed"]);
    await row("while pressed").waitFor();
    expect(await topOf("old 60")).toBe(before);
    await page.mouse.up();
    await expect.poll(() => row("while pressed").evaluate(isInView), soon).toBe(true);
    expect(await row("old 60").getAttribute("aria-current")).toBe("true");
  });

  it("keeps its place when older pages come", async () => {
    await append(numbered(450, "m "));
    await goTo();
    await row("m 450").waitFor();
    const older = Promise.withResolvers<void>();
    await page.route(/\/api\/search/, async (route) => {
      await older.promise;
      await route.continue();
    });
    await list().evaluate((box) => box.scrollTo(0, 60));
    await list().getByText("350 older messages are not loaded.").waitFor();
    const before = await topOf("m 353");
    older.resolve();
    await expect.poll(() => list().evaluate((box) => box.scrollTop), soon).toBeGreaterThan(2_000);
    // Lines above it are measured when they are drawn: to the pixel, give or take one.
    const moved = async () => Math.abs(((await topOf("m 353")) ?? Infinity) - (before ?? Infinity));
    await expect.poll(moved, soon).toBeLessThanOrEqual(1);
    await list().evaluate((box) => box.scrollTo(0, 0));
    await row("m 251").waitFor();
  });

  it("pauses with Space and goes on with it", async () => {
    await append(["first"]);
    await goTo();
    await row("first").waitFor();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: /^Paused/ }).waitFor();
    await append(["second"]);
    await page.getByRole("button", { name: "Paused, 1 new" }).waitFor();
    expect(await row("second").count()).toBe(0);
    await page.keyboard.press("Space");
    await row("second").waitFor();
  });

  it("goes from message to message by keyboard, and opens one", async () => {
    await append(["one", "two", "three"]);
    await goTo();
    await row("three").waitFor();
    await page.keyboard.press("k");
    await page.keyboard.press("k");
    await expect.poll(() => focusedText(page), soon).toContain("one");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => focusedText(page), soon).toContain("two");
    await append(["four"]);
    await expect.poll(() => focusedText(page), soon).toContain("two");
    await page.keyboard.press("Enter");
    await expect.poll(() => new URL(page.url()).searchParams.get("sel"), soon).not.toBeNull();
    expect(await row("two").getAttribute("aria-current")).toBe("true");
    await page.keyboard.press("End");
    await row("four").waitFor();
  });

  it("clears a channel once that was confirmed, and brings it back", async () => {
    await append(numbered(3, "m "));
    await goTo();
    await row("m 3").waitFor();
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Clear the channel" });
    await dialog.getByText("All 3 messages will be deleted").waitFor();
    await dialog.getByRole("button", { name: "Clear 3" }).click();
    await list()
      .getByText(/3 messages of payments:worker were cleared/)
      .waitFor();
    expect(await row("m 3").count()).toBe(0);
    // Also for whoever comes back to it.
    await page.reload();
    await list().getByText("3 messages were cleared from here.").waitFor();
    await list().getByRole("button", { name: "Undo" }).click();
    await row("m 3").waitFor();
  });

  it("says why it is empty, and what to do then", async () => {
    await append(["something"]);
    await page.goto(`${served.url}/c/${encodeURIComponent(channel)}?q=nowhere`);
    await page.getByText("No message fits the filter").waitFor();
    await page.getByRole("button", { name: "Clear filter" }).click();
    await row("something").waitFor();
    await page.goto(`${served.url}/c/${encodeURIComponent(channel)}?q=in:`);
    await page.getByRole("alert").getByText("q: in: needs a value right behind it").waitFor();
    await goTo("empty:it's");
    await page.getByText(String.raw`claude-bridge send 'empty:it'\''s' "hi"`).waitFor();
    expect(await list().getByRole("article").count()).toBe(0);
  });

  it("begins at the message of a link, and has what comes after it", async () => {
    await append(numbered(150, "before "));
    const { id } = await as("win/worker").send({ channel, content: "the one" });
    await append(numbered(150, "after "));
    await page.goto(`${served.url}/m/${id}`);
    await expect.poll(() => row("the one").evaluate(isInView), soon).toBe(true);
    await pill("Newest messages").click();
    await row("after 150").waitFor();
  });
});

/** What happens in a browser may take a moment on a busy machine. */
const soon = { timeout: 10_000 };

const isInView = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  const box = element.closest("[role=log]")?.getBoundingClientRect();
  return box !== undefined && top >= box.top - 1 && bottom <= box.bottom + 1;
};

/** How many messages are in the folded lines that are there. */
async function foldedIn(folds: Locator): Promise<number> {
  const lines = await folds.locator("xpath=ancestor::article").allTextContents();
  return lines.reduce((sum, line) => sum + Number(/, (\d+) messages/.exec(line)?.[1] ?? 0), 0);
}

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
