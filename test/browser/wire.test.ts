import { readFile } from "node:fs/promises";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelName } from "../../src/core/message.ts";
import { hostile } from "../support/message-rows.ts";
import { violationsEverywhere } from "./axe.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { type Dashboard, openDashboard } from "./dashboard.ts";

/** Who said what to whom, as a diagram. */

const reason = whyNoChromium();
const title = reason === undefined ? "the wire" : `the wire [skipped: ${reason}]`;

const channel = "payments:worker";
const address = `/c/${encodeURIComponent(channel)}?view=wire`;

/** A task, that it was taken up, and its result, which nobody has read. */
async function work({ as }: Dashboard): Promise<readonly string[]> {
  const [orchestrator, worker] = [as("mac/orchestrator"), as("win/worker")];
  const common = { channel, threadId: "payments-42" };
  const task = await orchestrator.send({ ...common, to: "win/worker", type: "task", content: "run payments tests" });
  await worker.mark([{ messageId: task.id, state: "in_context" }]);
  const answer = { ...common, to: "mac/orchestrator", replyTo: task.id };
  const ack = await worker.send({ ...answer, type: "ack", content: "61 tests" });
  await orchestrator.mark([{ messageId: ack.id, state: "in_context" }]);
  const result = await worker.send({ ...answer, type: "result", content: "2 failures" });
  return [task.id, ack.id, result.id];
}

const line = (page: Page, name: RegExp) => page.getByRole("button", { name });
const inAddress = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}

async function saved(page: Page, item: string): Promise<Download> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Picture" }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
  return coming;
}

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it("draws what is said as it is said, and how far it got", async () => {
    const dashboard = await openDashboard(browser);
    await work(dashboard);
    const page = await dashboard.open(address);
    await line(page, /mac\/orchestrator to win\/worker, task: run payments tests answered/).waitFor();
    const result = line(page, /win\/worker to mac\/orchestrator, result: 2 failures stored/);
    await result.waitFor();
    expect(await page.locator(".wire-arrow[data-stroke=dashed]").count()).toBe(1);
    expect(await page.locator(".wire-bar").count()).toBe(1);

    await dashboard.as("pi/builder").send({ channel, to: "you", type: "question", content: "may I?" });
    await line(page, /pi\/builder to you, question: may I\? waiting on you/).waitFor();
    expect(await page.getByRole("list", { name: "Lanes" }).getByRole("listitem").allTextContents()).toEqual(
      ["mac/orchestrator", "win/worker", "pi/builder", "you"].map((name) => expect.stringContaining(name)),
    );
    expect(dashboard.trouble).toEqual([]);
  });

  it("is gone through by keys, and opens a message beside it", async () => {
    const dashboard = await openDashboard(browser);
    const [task, , result] = await work(dashboard);
    const page = await dashboard.open(address);
    await line(page, /result: /).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    expect(await line(page, /task: /).evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    const details = page.getByRole("complementary", { name: "Message details" });
    await details.getByRole("heading", { name: "Task from mac/orchestrator" }).waitFor();
    expect(inAddress(page, "sel")).toBe(task);
    await page.keyboard.press("]");
    await page.keyboard.press("]");
    await details.getByRole("heading", { name: "Result from win/worker" }).waitFor();
    expect(inAddress(page, "sel")).toBe(result);
    await page.keyboard.press("Escape");
    await details.waitFor({ state: "detached" });
    expect(await line(page, /task: /).evaluate((one) => one === document.activeElement)).toBe(true);
    expect(dashboard.trouble).toEqual([]);
  });

  it("shows how it was, goes through it again, and comes back to now", async () => {
    const dashboard = await openDashboard(browser);
    const [task, ack] = await work(dashboard);
    const page = await dashboard.open(`${address}&at=${ack}`);
    await page.getByText(/^Viewing \d\d:\d\d:\d\d\./).waitFor();
    expect(await line(page, /result: /).count()).toBe(0);
    await page.keyboard.press(",");
    await line(page, /ack: /).waitFor({ state: "detached" });
    expect(inAddress(page, "at")).toBe(task);
    await page.getByRole("button", { name: "Play" }).click();
    await line(page, /result: /).waitFor();
    await page.getByText(/^Viewing/).waitFor({ state: "detached" });
    expect(inAddress(page, "at")).toBe(null);
    await page.getByRole("button", { name: "To the first message" }).click();
    await page.getByText(/^Viewing/).waitFor();
    await page.keyboard.press("Escape");
    await line(page, /result: /).waitFor();
    expect(dashboard.trouble).toEqual([]);
  });

  it("puts lanes where their reader wants them, and keeps them there", async () => {
    const dashboard = await openDashboard(browser);
    await work(dashboard);
    const page = await dashboard.open(address);
    const heads = page.getByRole("list", { name: "Lanes" }).getByRole("listitem");
    await page.getByRole("button", { name: "Move win/worker left" }).click();
    await expect.poll(() => heads.first().textContent()).toContain("win/worker");
    await page.reload();
    await expect.poll(() => heads.first().textContent()).toContain("win/worker");
  });

  it("is taken along as SVG, as PNG, and as Mermaid's text", async () => {
    const dashboard = await openDashboard(browser);
    await work(dashboard);
    for (const text of hostile)
      await dashboard.as("evil/one").send({ channel, to: "win/worker", content: `${text}.`.toWellFormed() });
    const page = await dashboard.open(address);
    await line(page, /result: /).waitFor();
    const svg = await textOf(await saved(page, "SVG"));
    expect(svg).toContain("task: run payments tests");
    // The page's own policy lets nothing be parsed.
    const parser = await browser.newPage();
    const parsed = await parser.evaluate((text) => {
      const { documentElement: root } = new DOMParser().parseFromString(text, "image/svg+xml");
      return [root.nodeName, root.querySelectorAll("script, image, foreignObject, [onerror]").length];
    }, svg);
    await parser.close();
    expect(parsed).toEqual(["svg", 0]);
    const png = await readFile(await (await saved(page, "PNG")).path());
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(png.length).toBeGreaterThan(5_000);
    expect(await textOf(await saved(page, "Mermaid text"))).toMatch(/^sequenceDiagram\n {4}participant p0 as /);
    expect(dashboard.trouble).toEqual([]);
  });

  it("draws of two thousand arrows only those that are on the screen, from the first to the last", async () => {
    const dashboard = await openDashboard(browser);
    const drafts = Array.from({ length: 2000 }, (_, at) => {
      const [sender, to] = at % 2 === 0 ? ["mac/a", "win/b"] : ["win/b", "you"];
      const content = JSON.stringify({ schema_version: 1, type: "note", content: `ping ${at}`, recipient: to });
      return { channel: channel as ChannelName, sender, content };
    });
    await dashboard.served.bridge.store.append(drafts);
    const page = await dashboard.open(address);
    const scroller = page.locator(".wire-scroll");
    const drawn = page.getByRole("button", { name: /note: ping \d+/ });
    await drawn.last().waitFor();
    // Each page of older ones is asked for at the upper end.
    const upTo = async () => {
      await scroller.evaluate((box) => box.scrollTo({ top: 0 }));
      return drawn.first().locator("xpath=..").getAttribute("aria-setsize");
    };
    await expect.poll(upTo, { timeout: 20_000 }).toBe("2001");
    await drawn.first().focus();
    await page.keyboard.press("Home");
    await line(page, /note: ping 0 /).waitFor();
    expect(await drawn.count()).toBeLessThan(80);
    await page.keyboard.press("End");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/ping 1999/);
    expect(dashboard.trouble).toEqual([]);
  });

  it("is the same as a list, also where there is no room for a diagram, and nobody is left out", async () => {
    const dashboard = await openDashboard(browser);
    await work(dashboard);
    await dashboard.as("x:[/y]").send({ channel, content: "<b>\u202eevil\u001b[2J" });
    const page = await dashboard.open(address);
    await page.getByRole("button", { name: "List" }).click();
    const lines = page.getByRole("list", { name: "Messages in order" }).getByRole("button");
    await expect.poll(() => lines.count()).toBe(4);
    expect(await lines.last().textContent()).toContain("<b>\\u{202e}evil\\u{1b}[2J");
    await page.getByRole("button", { name: "List" }).click();
    await page.getByRole("list", { name: "Lanes" }).waitFor();
    expect(await violationsEverywhere(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("list", { name: "Lanes" }).waitFor({ state: "detached" });
    await expect.poll(() => lines.count()).toBe(4);
    expect(dashboard.trouble).toEqual([]);
  });
});
