import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { json, post, type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { fetchIn } from "./in-page.ts";
import { bearer, signedIn, signIn, signInLink, token } from "./sign-in.ts";
import { watchTrouble } from "./trouble.ts";

/** The bridge's own page: a browser signs in there, works, and signs out. */

const reason = whyNoChromium();
const title = reason === undefined ? "the bridge's page" : `the bridge's page [skipped: ${reason}]`;

/** What a script of the page could take. */
const withinReach = "JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, location.href])";

async function signInByToken(page: Page, given: string): Promise<void> {
  await page.getByRole("button", { name: "I have a token" }).click();
  await page.getByLabel("Token", { exact: true }).fill(given);
  await page.getByRole("button", { name: "Sign in" }).click();
}

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
    await page.goto(`${served.url}/all`);
    await page.getByRole("log").getByText("m\\u{200b}ac", { exact: true }).waitFor();
    const rail = page.getByRole("navigation", { name: "Channels and agents" });
    await rail.getByRole("link", { name: "a\\u{202e}b" }).waitFor();
    expect(await page.locator("body").textContent()).not.toMatch(/[\u202e\u200b]/);
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
    // The page has one of its own.
    await vi.waitFor(() => expect(served.bridge.streams.inside).toBe(2), 10_000);
    await ask(page, "/api/send", { channel: "a", sender: "me", content: "hello" });
    expect(JSON.parse(await heard)).toMatchObject({ content: "hello" });
  });

  it("leaves nothing of a sign-in link, and nothing that a script could take", async () => {
    const link = await signInLink(served);
    const code = new URL(link).hash.replace("#signin=", "");
    const page = await context.newPage();
    await page.goto(link);
    await signedIn(page, "you").waitFor();

    expect(page.url()).toBe(`${served.url}/`);
    const devtools = await context.newCDPSession(page);
    const { entries } = await devtools.send("Page.getNavigationHistory");
    expect(entries.map(({ url }) => url)).toEqual(["about:blank", `${served.url}/`]);
    const cookies = await context.cookies();
    expect(cookies).toMatchObject([{ name: "claude_bridge_session", httpOnly: true, sameSite: "Strict", path: "/" }]);
    const reached = await page.evaluate<string>(withinReach);
    expect(reached).toContain('""');
    for (const secret of [code, ...cookies.map(({ value }) => value)]) {
      expect(reached).not.toContain(secret);
      expect(await page.content()).not.toContain(secret);
    }
  });

  it("shows the form to whoever comes with a link that was used", async () => {
    const link = await signInLink(served);
    const first = await context.newPage();
    await first.goto(link);
    await signedIn(first, "you").waitFor();
    await context.clearCookies();

    const page = await context.newPage();
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await page.getByRole("alert").getByText("used").waitFor();
    expect(page.url()).toBe(`${served.url}/`);
    expect(await context.cookies()).toEqual([]);
  });

  it("signs in by a token that is pasted, however short, and out", async () => {
    const page = await context.newPage();
    await page.goto(served.url);
    await signInByToken(page, token);
    await signedIn(page, "token").waitFor();
    expect(await page.evaluate<string>(withinReach)).not.toContain(token);
    expect(await page.content()).not.toContain(token);

    await signedIn(page, "token").click();
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
    await page.getByLabel("Join code").fill(code.toLowerCase());
    await page.getByLabel("Your name").fill("anna");
    await page.getByRole("button", { name: "Sign in" }).click();
    await signedIn(page, "anna").waitFor();
    expect(await ask(page, "/api/whoami")).toMatchObject({ body: { principal: { kind: "person", name: "anna" } } });
  });

  it("says so when a token is wrong", async () => {
    const page = await context.newPage();
    await page.goto(served.url);
    await signInByToken(page, "not-the-token-at-all");
    await page.getByRole("alert").getByText("unauthorized").waitFor();
    expect(await page.getByLabel("Token", { exact: true }).inputValue()).toBe("");
    expect(await context.cookies()).toEqual([]);
  });
});
