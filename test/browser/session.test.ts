import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { post, type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { bearer, signedIn, signIn, signInLink, token } from "./sign-in.ts";
import { watchTrouble } from "./trouble.ts";

/** A session of the dashboard that ends while somebody works, in one tab or several. */

const reason = whyNoChromium();
const title = reason === undefined ? "a session" : `a session [skipped: ${reason}]`;

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
    served = await serve({ token });
    context = await browser.newContext();
    trouble = watchTrouble(context, served.url);
  });
  afterEach(async () => {
    expect(trouble).toEqual([]);
    await context.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });

  const admin = () => connect({ url: served.url, token, sender: "mac" });
  const again = (page: Page) => page.getByRole("dialog", { name: "Signed out" });
  const draftIn = (page: Page) => page.getByRole("textbox", { name: "Message to demo" });
  const rows = (page: Page) => page.getByRole("log").getByText(/^message \d+$/);

  async function codeForPerson(more: object = {}): Promise<string> {
    const response = await post(`${served.url}/api/invitations`, { kind: "person", ...more }, bearer);
    return ((await response.json()) as { code: string }).code;
  }

  it("is revoked, says so, keeps the draft, and goes on where it was after signing in again", async () => {
    await admin().send({ channel: "demo", content: "message 1" });
    const page = await signIn(context, served);
    await page.goto(`${served.url}/c/demo`);
    await rows(page).waitFor();
    await draftIn(page).fill("half a thought");
    const [mine] = await admin().browsers();
    await admin().revokeBrowser(mine?.id ?? "");

    await again(page)
      .getByRole("heading", { name: /^This browser was signed out at \d\d:\d\d/ })
      .waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    expect(await again(page).count()).toBe(1);
    await admin().send({ channel: "demo", content: "message 2" });
    await again(page)
      .getByLabel("Join code")
      .fill(await codeForPerson());
    await again(page).getByLabel("Your name").fill("anna");
    await again(page).getByRole("button", { name: "Sign in" }).click();

    await signedIn(page, "anna").waitFor();
    expect(await again(page).count()).toBe(0);
    await expect.poll(() => rows(page).allTextContents()).toEqual(["message 1", "message 2"]);
    expect(await draftIn(page).inputValue()).toBe("half a thought");
    await admin().send({ channel: "demo", content: "message 3" });
    await expect.poll(() => rows(page).allTextContents()).toEqual(["message 1", "message 2", "message 3"]);
  });

  it("ends in all tabs when somebody signs out in one, and begins in all when they sign in", async () => {
    const first = await signIn(context, served);
    const second = await context.newPage();
    await second.goto(`${served.url}/machines`);
    await signedIn(second, "you").click();
    await second.getByRole("button", { name: "Sign out", exact: true }).click();
    await second.getByRole("heading", { name: "Claude Bridge" }).waitFor();
    await again(first).waitFor();
    expect(await again(second).count()).toBe(0);

    await second.goto(await signInLink(served));
    await signedIn(second, "you").waitFor();
    await signedIn(first, "you").waitFor();
    await expect.poll(() => again(first).count()).toBe(0);
    await expect.poll(() => served.bridge.streams.inside).toBe(1);
  });

  it("may only be for reading", async () => {
    await admin().send({ channel: "demo", content: "message 1" });
    const page = await context.newPage();
    await page.goto(`${served.url}/c/demo`);
    await page.getByLabel("Join code").fill(await codeForPerson({ read_only: true, name: "guest" }));
    await page.getByRole("button", { name: "Sign in" }).click();
    await signedIn(page, "guest").waitFor();
    await rows(page).waitFor();
    await page.getByText("View only").waitFor();
    expect(await draftIn(page).count()).toBe(0);
  });
});
