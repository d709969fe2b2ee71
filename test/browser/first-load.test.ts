import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { post, type Served, serve } from "../support/face.ts";
import { watchAnswers } from "./answers.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { watchTrouble } from "./trouble.ts";

/** What a browser must fetch to show the dashboard, and that it asks nobody else for it. */

const reason = whyNoChromium();
const title = reason === undefined ? "the dashboard's files" : `the dashboard's files [skipped: ${reason}]`;

/** Of the page, its scripts, styles, fonts and worker together: a moment on a phone's network. */
const mostBytes = 250_000;

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let served: Served;

  beforeAll(async () => {
    [browser, served] = await Promise.all([launchChromium(), serve()]);
    const sent = await post(`${served.url}/api/send`, { channel: "demo:a", sender: "mac/a", content: "hello" });
    expect(sent.status).toBe(200);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });

  /** What the file takes on its way; fonts are packed already. */
  async function bytesOf(path: string): Promise<number> {
    const body = new Uint8Array(await (await fetch(`${served.url}${path}`)).arrayBuffer());
    return path.endsWith(".woff2") ? body.length : gzipSync(body).length;
  }

  it("is small when a channel is first opened", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const answers = watchAnswers(served.url);
    await page.goto(`${served.url}/c/demo%3Aa`);
    await page.getByRole("log").getByText("mac/a", { exact: true }).waitFor();
    await expect.poll(() => served.bridge.streams.inside).toBe(1);
    await page.evaluate("document.fonts.ready");
    answers.stop();

    const asked = new Set(answers.all.map(({ request }) => request.replace("GET ", "")));
    const files = [...asked].filter((path) => /^\/(?:c|assets)\//.test(path));
    const kinds = files.map((path) => /\.(\w+)$/.exec(path)?.[1]);
    expect(kinds).toEqual(expect.arrayContaining(["js", "css", "woff2"]));
    expect(files).toContainEqual(expect.stringContaining("stream-worker"));
    const sizes = await Promise.all(files.map(bytesOf));
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(mostBytes);
    await context.close();
  });

  it.each(["/", "/all", "/c/demo%3Aa", "/t/t-1", "/machines", "/connect", "/health", "/settings"])(
    "comes from the bridge alone and obeys its policy at %s",
    async (path) => {
      const context = await browser.newContext();
      const trouble = watchTrouble(context, served.url);
      await context.addInitScript(() => {
        const reports: string[] = [];
        Object.assign(globalThis, { reports });
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
          reports.push(`${violatedDirective} ${blockedURI}`),
        );
      });
      const page = await context.newPage();
      await page.goto(`${served.url}${path}`);
      await page.getByRole("main").getByRole("heading").first().waitFor();
      await page.evaluate("document.fonts.ready");
      expect(await page.evaluate("reports")).toEqual([]);
      expect(trouble).toEqual([]);
      await context.close();
    },
  );
});
