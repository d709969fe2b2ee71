import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { watchTrouble } from "./trouble.ts";

/** What somebody who looks elsewhere is told of. */

const reason = whyNoChromium();
const title = reason === undefined ? "notifications" : `notifications [skipped: ${reason}]`;

/** Keeps what the page tells the system, as a browser without a screen shows none of it. */
const recorder = `
  const told = [];
  const Real = Notification;
  globalThis.told = told;
  globalThis.Notification = class extends Real {
    constructor(title, options) {
      super(title, options);
      told.push({ title, body: options.body, press: () => this.dispatchEvent(new Event("click")) });
    }
    static get permission() { return "granted"; }
  };
`;

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
    context = await browser.newContext({ permissions: ["notifications"] });
    trouble = watchTrouble(context, served.url);
    await context.addInitScript(recorder);
    page = await context.newPage();
    // What was there when the page came is not told.
    const needs = page.waitForResponse(/\/api\/needs/);
    await page.goto(`${served.url}/machines`);
    await needs;
    await page.getByRole("heading", { name: "Machines", level: 1 }).waitFor();
    await expect.poll(() => served.bridge.streams.inside).toBe(1);
  });
  afterEach(async () => {
    expect(trouble).toEqual([]);
    await context.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });

  const agent = () => connect({ url: served.url, agent: "win/worker", sender: "win/worker" });
  const told = () => page.evaluate<readonly string[]>("told.map(({ title, body }) => `${title}: ${body}`)");

  it("tell of a question to the reader, not of what agents say to each other, and lead to it", async () => {
    await agent().send({ channel: "demo", content: "between us" });
    await agent().send({ channel: "demo", type: "question", to: "you", content: "May I\u202e deploy?" });
    await expect.poll(told, { timeout: 10_000 }).toEqual(["win/worker asks you: May I\\u{202e} deploy?"]);
    await expect.poll(() => page.title(), { timeout: 10_000 }).toMatch(/^\(1\) /);
    const icon = page.locator("link[rel='icon']");
    await expect.poll(() => icon.getAttribute("href"), { timeout: 10_000 }).toBe("/icon-dot.svg");
    await page.evaluate("told[0].press()");
    await page.getByRole("heading", { name: "demo", level: 1 }).waitFor();
    expect(new URL(page.url()).searchParams.get("sel")).toBeTruthy();
  });

  it("tell of the result of a task that the reader gave", async () => {
    const task = await connect({ url: served.url, sender: "you" }).send({ channel: "demo", content: "build it" });
    await agent().send({ channel: "demo", type: "result", replyTo: task.id, content: "it failed" });
    await expect.poll(told, { timeout: 10_000 }).toEqual(["win/worker has a result: it failed"]);
  });
});
