import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { post, type Served, serve } from "../support/face.ts";
import { type Answers, watchAnswers } from "./answers.ts";
import { attacks } from "./attacks.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { type OtherOrigin, serveOtherOrigin } from "./other-origin.ts";
import { bearer, signIn, token } from "./sign-in.ts";

/** Whoever is signed in at a bridge, and has a page of somebody else open in the same browser. */

const reason = whyNoChromium();
const title = reason === undefined ? "a page" : `a page [skipped: ${reason}]`;

/** Ports do not make a site: there the browser sends the cookie along, and only the bridge can tell the pages apart. */
const places = [
  { where: "on another port of this machine", host: "127.0.0.1", isSameSite: true },
  { where: "of another site", host: "evil.example", isSameSite: false },
];

describe.skipIf(reason !== undefined).each(places)(`${title} $where`, ({ host, isSameSite }) => {
  let browser: Browser;
  let other: OtherOrigin;
  let served: Served;
  let context: BrowserContext;
  let page: Page;
  let answers: Answers;

  beforeAll(async () => {
    [browser, other, served] = await Promise.all([launchChromium(), serveOtherOrigin(), serve({ token })]);
    await post(`${served.url}/api/send`, { channel: "a", sender: "me", content: "hello" }, bearer);
    context = await browser.newContext();
    await (await signIn(context, served)).close();
    answers = watchAnswers(served.url);
  });
  afterAll(async () => {
    answers.stop();
    await browser.close();
    await Promise.all([served.close(), other.close()]);
    expect(served.errors).toEqual([]);
  });

  beforeEach(async () => {
    page = await context.newPage();
    await page.goto(`http://${host}:${other.port}/`);
    answers.forget();
  });
  afterEach(() => page.close());

  const read = async (path: string) => (await fetch(`${served.url}${path}`, { headers: bearer })).json();

  it.each(attacks)("gets nothing by $name", async ({ run, request, isBlindRead }) => {
    expect(await run(page, served.url)).toBe("");
    const status = isBlindRead === true && !isSameSite ? 401 : 403;
    const hasCookie = isSameSite && !request.startsWith("OPTIONS");
    await vi.waitFor(() => expect(answers.all).toEqual([{ request, status, hasCookie }]), 10_000);

    expect(await read("/api/state")).toMatchObject({ total_messages: 1, channels: [{ id: "a", count: 1 }] });
    expect(await read("/api/sessions")).toMatchObject({ sessions: [{ principal: { name: "you" } }] });
    const session = await context.request.get(`${served.url}/api/session`);
    expect(await session.json()).toMatchObject({ authenticated: true, principal: { name: "you" } });
  });

  it("cannot show the bridge's page in a frame", async () => {
    await page.setContent(`<iframe src="${served.url}/"></iframe>`);
    await vi.waitFor(() => expect(answers.all).toMatchObject([{ request: "GET /" }]), 10_000);
    const shown = () => page.frames().map((frame) => frame.url());
    await vi.waitFor(() => expect(shown()).toContain("chrome-error://chromewebdata/"), 10_000);
  });

  it("cannot read the bridge's page in a window that it opens", async () => {
    const opening = context.waitForEvent("page");
    await page.evaluate((url) => void Object.assign(window, { opened: window.open(url) }), served.url);
    const opened = await opening;
    await opened.getByRole("navigation", { name: "Channels and agents" }).waitFor();
    // The page severs the tie to whoever opened it: not even its closing is left to them.
    await vi.waitFor(async () => expect(await page.evaluate("opened.closed")).toBe(true), 10_000);
    await opened.close();
  });
});
