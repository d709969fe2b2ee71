import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { json, post, type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { fetchIn } from "./in-page.ts";
import { bearer, signIn, signInLink, token } from "./sign-in.ts";
import { watchTrouble } from "./trouble.ts";

/** The bridge's own page: a browser signs in there, works, and signs out. */

const reason = whyNoChromium();
const title = reason === undefined ? "the bridge's page" : `the bridge's page [skipped: ${reason}]`;

/** What a script of the page could take. */
const withinReach = "[document.cookie, localStorage.length, sessionStorage.length]";

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

  const ask = async (page: Page, path: string, message?: object) => {
    const asked = message === undefined ? {} : { method: "POST", headers: json, body: JSON.stringify(message) };
    const { status, body = "" } = await fetchIn(page, path, asked);
    return { status, body: JSON.parse(body) as unknown };
  };

  it("reads and writes with the session, as the person who signed in", async () => {
    const page = await signIn(context, served);
    const sent = await ask(page, "/api/send", { channel: "a", sender: "me", content: "hello" });
    expect(sent).toMatchObject({ status: 200, body: { sender: "you" } });
    const got = await ask(page, "/api/messages?channel=a&full=1");
    expect(got).toMatchObject({ status: 200, body: { messages: [{ content: "hello", sender: "you" }] } });
  });

  it("shows what is hidden in a name", async () => {
    await post(`${served.url}/api/send`, { channel: "a\u202eb", sender: "m\u200bac", content: "hello" }, bearer);
    const page = await signIn(context, served);
    await page.reload();
    const cells = page.locator("td");
    await vi.waitFor(async () => expect(await cells.allTextContents()).toHaveLength(4), { timeout: 10_000 });
    expect(await cells.allTextContents()).toEqual(expect.arrayContaining(["a\\u{202e}b", "m\\u{200b}ac"]));
  });

  it("hears events with the session", async () => {
    const page = await signIn(context, served);
    const heard = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const source = new EventSource("/events/channel/a");
          source.addEventListener("message", ({ data }) => resolve(String(data)));
          source.addEventListener("error", () => resolve("{}"));
        }),
    );
    await vi.waitFor(() => expect(served.bridge.streams.inside).toBe(1), 10_000);
    await ask(page, "/api/send", { channel: "a", sender: "me", content: "hello" });
    expect(JSON.parse(await heard)).toMatchObject({ content: "hello" });
  });

  it("leaves nothing of a sign-in link, and nothing that a script could take", async () => {
    const link = await signInLink(served);
    const code = new URL(link).hash.replace("#signin=", "");
    const page = await context.newPage();
    await page.goto(link);
    await page.getByText("Signed in as you.").waitFor();

    expect(page.url()).toBe(`${served.url}/`);
    const devtools = await context.newCDPSession(page);
    const { entries } = await devtools.send("Page.getNavigationHistory");
    expect(entries.map(({ url }) => url)).toEqual(["about:blank", `${served.url}/`]);
    expect(await page.evaluate(withinReach)).toEqual(["", 0, 0]);
    expect(await page.content()).not.toContain(code);
    expect(await context.cookies()).toMatchObject([
      { name: "claude_bridge_session", httpOnly: true, sameSite: "Strict", path: "/" },
    ]);
  });

  it("shows the form to whoever comes with a link that was used", async () => {
    const link = await signInLink(served);
    const first = await context.newPage();
    await first.goto(link);
    await first.getByText("Signed in as you.").waitFor();
    await context.clearCookies();

    const page = await context.newPage();
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await page.locator("#who", { hasText: "used" }).waitFor();
    expect(page.url()).toBe(`${served.url}/`);
    expect(await context.cookies()).toEqual([]);
  });

  it("signs in by a token that is pasted, however short, and out", async () => {
    const page = await context.newPage();
    await page.goto(served.url);
    await page.getByLabel("Token or join code").fill(token);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Signed in as").waitFor();
    expect(await page.getByLabel("Token or join code").inputValue()).toBe("");
    expect(await page.evaluate(withinReach)).toEqual(["", 0, 0]);

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await context.cookies()).toEqual([]);
    expect(await ask(page, "/api/state")).toMatchObject({ status: 401 });
  });

  it("signs in by a person's join code", async () => {
    const response = await post(`${served.url}/api/invitations`, { kind: "person" }, bearer);
    const { code } = (await response.json()) as { code: string };
    const page = await context.newPage();
    await page.goto(served.url);
    await page.getByLabel("Token or join code").fill(code.toLowerCase());
    await page.getByLabel("Your name").fill("anna");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Signed in as anna.").waitFor();
    expect(await ask(page, "/api/whoami")).toMatchObject({ body: { principal: { kind: "person", name: "anna" } } });
  });

  it("says so when a token is wrong", async () => {
    const page = await context.newPage();
    await page.goto(served.url);
    await page.getByLabel("Token or join code").fill("not-the-token-at-all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("#who", { hasText: "unauthorized" }).waitFor();
    expect(await context.cookies()).toEqual([]);
  });
});
