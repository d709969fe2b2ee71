import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { type Asked, fetchIn, listenIn } from "./in-page.ts";

/**
 * A page of a name that meant the attacker's server when it was loaded, and means this machine since. To the browser
 * the bridge is the page's own origin, which may send and read whatever it likes; the Host header still has the name.
 * The bridge asks for no credential, as one on loopback does: there is nothing else between it and the page.
 */

const reason = whyNoChromium();
const title = reason === undefined ? "a name that was rebound" : `a name that was rebound [skipped: ${reason}]`;

const refused = { status: 400, body: expect.stringContaining('"code":"host_not_allowed"') };
const message = '{"channel":"a","sender":"evil","content":"forged"}';

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let served: Served;
  let page: Page;

  beforeAll(async () => {
    [browser, served] = await Promise.all([launchChromium(), serve()]);
    page = await browser.newPage();
    await page.route("**/attack", (route) =>
      route.fulfill({ contentType: "text/html", body: "<title>Attack</title>" }),
    );
    await page.goto(`${rebound()}/attack`);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    expect(served.errors).toEqual([]);
  });

  const rebound = () => `http://rebind.example:${new URL(served.url).port}`;
  const ask = (path: string, asked?: Asked) => fetchIn(page, path, asked);

  it.each([
    "/",
    "/icon.svg",
    "/status",
    "/api/session",
    "/api/state",
    "/api/messages?channel=a",
    "/api/wait?channel=a",
    "/api/openapi.json",
    "/events?channels=*",
    "/events/channel/a",
    "/mcp",
    "/sse",
    "/nowhere",
  ])("reads nothing at %s", async (path) => {
    expect(await ask(path)).toEqual(refused);
  });

  it.each(["/api/send", "/api/send?x", "/api/clear", "/api/tokens", "/api/join", "/api/session", "/mcp", "/messages"])(
    "posts nothing to %s",
    async (path) => {
      const headers = { "content-type": "application/json" };
      expect(await ask(path, { method: "POST", headers, body: message })).toEqual(refused);
      expect(await ask(path, { method: "POST", body: message })).toEqual(refused);
      expect(await served.bridge.store.lastSeq()).toBe(0);
    },
  );

  it("signs nobody out, and is told no options", async () => {
    expect(await ask("/api/session", { method: "DELETE" })).toEqual(refused);
    expect(await ask("/api/send", { method: "OPTIONS" })).toEqual(refused);
  });

  it("hears no events", async () => {
    expect(await listenIn(page, "/events?channels=*")).toBe("refused");
  });

  it("is refused in the address bar", async () => {
    const tab = await browser.newPage();
    const response = await tab.goto(rebound());
    expect(response?.status()).toBe(400);
    await tab.close();
  });
});
