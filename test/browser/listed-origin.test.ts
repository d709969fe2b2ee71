import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { post, type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { type Asked, fetchIn, listenIn } from "./in-page.ts";
import { type OtherOrigin, serveOtherOrigin } from "./other-origin.ts";
import { bearer, signIn, token } from "./sign-in.ts";

/** An origin of `--cors-origin`, in a browser that is signed in at the bridge. */

const reason = whyNoChromium();
const title = reason === undefined ? "a listed origin" : `a listed origin [skipped: ${reason}]`;

const message = '{"channel":"a","sender":"dashboard","content":"hello"}';

describe.skipIf(reason !== undefined).each(["127.0.0.1", "dash.example"])(`${title}, at %s`, (host) => {
  let browser: Browser;
  let other: OtherOrigin;
  let served: Served;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [browser, other] = await Promise.all([launchChromium(), serveOtherOrigin()]);
    const origin = `http://${host}:${other.port}`;
    served = await serve({ token, boundary: { trustedHosts: [], corsOrigins: [origin], isPublic: false } });
    await post(`${served.url}/api/send`, { channel: "a", sender: "me", content: "hello" }, bearer);
    context = await browser.newContext();
    await (await signIn(context, served)).close();
    page = await context.newPage();
    await page.goto(origin);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([served.close(), other.close()]);
    expect(served.errors).toEqual([]);
  });

  const ask = async (path: string, asked: Asked) => (await fetchIn(page, `${served.url}${path}`, asked)).status;
  const unreadable = 0;

  it("reads, writes and listens with a token", async () => {
    const headers = { ...bearer, "content-type": "application/json" };
    expect(await ask("/api/messages?channel=a", { headers })).toBe(200);
    expect(await ask("/api/send", { method: "POST", headers, body: message })).toBe(200);
    expect(await listenIn(page, `${served.url}/events?channels=*&token=${token}`)).toBe("open");
  });

  it.each(["/api/messages?channel=a", "/api/state", "/api/session"])(
    "does not read %s with the cookie",
    async (path) => {
      expect(await ask(path, { credentials: "include" })).toBe(unreadable);
    },
  );

  it("is nobody without a credential", async () => {
    expect(await ask("/api/state", {})).toBe(401);
    expect(await ask("/api/session", {})).toBe(200);
  });

  it("does not write, sign in or listen with the cookie", async () => {
    const before = await served.bridge.store.lastSeq();
    const how = { method: "POST", credentials: "include", body: message } as const;
    expect(await ask("/api/send", how)).toBe(unreadable);
    expect(await ask("/api/send", { ...how, mode: "no-cors" })).toBe(unreadable);
    expect(await ask("/api/session", { method: "POST", headers: bearer, body: "{}" })).toBe(403);
    expect(await listenIn(page, `${served.url}/events?channels=*`, true)).toBe("refused");
    expect(await served.bridge.store.lastSeq()).toBe(before);
  });
});
