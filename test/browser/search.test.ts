import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { systemClock } from "../../src/core/clock.ts";
import { createMemoryStore } from "../../src/stores/memory.ts";
import { type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { watchTrouble } from "./trouble.ts";

/** Somebody looks for a message in the dashboard. */

const reason = whyNoChromium();
const title = reason === undefined ? "a search" : `a search [skipped: ${reason}]`;

const dayMs = 86_400_000;
const hostile = 'evil" is:held \u202egnp';

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let served: Served;
  let context: BrowserContext;
  let page: Page;
  let trouble: readonly string[];
  /** How long ago what is sent now counts as sent. */
  let agoMs = 0;

  beforeAll(async () => {
    const store = createMemoryStore({ clock: { now: () => systemClock.now() - agoMs } });
    [browser, served] = await Promise.all([launchChromium(), serve({ store })]);
    const client = connect({ url: served.url });
    const send = (daysAgo: number, channel: string, sender: string, content: string) => {
      agoMs = daysAgo * dayMs;
      return client.send({ channel, sender, content });
    };
    await send(9, "payments:worker", "win/worker", "the refund key is in the vault");
    await send(7, "payments:worker", "mac/orchestrator", "please rotate the refund key");
    for (let at = 1; at <= 130; at += 1) await send(2, "payments:worker", "win/worker", `heartbeat ${at}`);
    await send(1, "general", hostile, "nothing to see");
    agoMs = 0;
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });
  beforeEach(async () => {
    context = await browser.newContext();
    trouble = watchTrouble(context, served.url);
    page = await context.newPage();
  });
  afterEach(async () => {
    expect(trouble).toEqual([]);
    await context.close();
  });

  const field = () => page.getByRole("combobox", { name: "Search messages" });
  const option = (name: string) => page.getByRole("option", { name });
  const chip = (name: string) => page.getByRole("button", { name: `Remove ${name}` });
  const asked = () => new URL(page.url()).searchParams.get("q");
  const list = () => page.getByRole("log");

  it("finds a message from last week by keyboard, and keeps what it asked in the address", async () => {
    await page.goto(served.url);
    await page.getByRole("heading", { name: "Needs you", level: 1 }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("fr");
    await option("from:").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.type("orch");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await chip("from:mac/orchestrator").waitFor();
    await page.keyboard.type("before:3d refund");
    await page.keyboard.press("Enter");
    await list().getByText("please rotate the refund key").waitFor();
    expect(await list().getByText("in the vault").count()).toBe(0);
    expect(asked()).toBe("from:mac/orchestrator before:3d refund");
    expect(new URL(page.url()).pathname).toBe("/all");

    await page.keyboard.press("Backspace");
    await expect.poll(asked).toBe("from:mac/orchestrator before:3d");
    await chip("from:mac/orchestrator").click();
    await list().getByText("in the vault").waitFor();
    expect(asked()).toBe("before:3d");
    await page.reload();
    await chip("before:3d").waitFor();
    await list().getByText("in the vault").waitFor();
    await page.goBack();
    await expect.poll(asked).toBe("from:mac/orchestrator before:3d");
  });

  it("stays in the channel that it was asked in", async () => {
    await page.goto(`${served.url}/c/general`);
    await list().getByText("nothing to see").waitFor();
    await field().fill("heartbeat");
    await field().press("Enter");
    await expect.poll(asked).toBe("heartbeat");
    expect(new URL(page.url()).pathname).toBe("/c/general");
    await expect.poll(() => page.getByText("nothing to see").count()).toBe(0);
  });

  it("says what is wrong with it where it is typed, and keeps it", async () => {
    await page.goto(`${served.url}/all`);
    await field().fill("is:happy");
    await field().press("Enter");
    await page.getByRole("alert").getByText("is: takes unread, unanswered, held, question").waitFor();
    expect(await field().inputValue()).toBe("is:happy");
    expect(asked()).toBe(null);
    await page.goto(`${served.url}/all?q=is%3Ahappy`);
    await chip("is:happy").click();
    await expect.poll(asked).toBe(null);
  });

  it("names a sender as it is, whatever the name tries to be", async () => {
    await page.goto(`${served.url}/all`);
    await list().getByText("nothing to see").waitFor();
    await field().fill("from:evil");
    const shown = 'from:"evil* is:held \\u{202e}gnp"';
    await option(shown).click();
    await chip(shown).waitFor();
    await list().getByText("nothing to see").waitFor();
    expect(asked()).toBe('from:"evil* is:held \u202egnp"');
    await expect
      .poll(() =>
        list()
          .getByText(/heartbeat/)
          .count(),
      )
      .toBe(0);
  });

  it("takes a sender from a message's details, beside what it asked already", async () => {
    await page.goto(`${served.url}/all?q=before%3A5d`);
    await list()
      .getByRole("button", { name: /mac\/orchestrator/ })
      .click();
    const details = page.getByRole("complementary");
    await details.getByRole("button", { name: "mac/orchestrator", exact: true }).click();
    await chip("from:mac/orchestrator").waitFor();
    expect(asked()).toBe("before:5d from:mac/orchestrator");
    await expect.poll(() => list().getByText("in the vault").count()).toBe(0);
  });

  it("fills a phone's head when it is asked for", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${served.url}/all`);
    await expect.poll(() => field().count()).toBe(0);
    await page.getByRole("button", { name: "Search" }).click();
    await expect.poll(() => field().evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.type("vault");
    await page.keyboard.press("Enter");
    await list().getByText("in the vault").waitFor();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: "Search, with a filter" }).waitFor();
    expect(asked()).toBe("vault");
  });
});
