import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { json } from "../support/face.ts";
import { violationsEverywhere } from "./axe.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { openDashboard } from "./dashboard.ts";
import { fetchIn } from "./in-page.ts";
import { signIn, token } from "./sign-in.ts";

/** A second machine, a phone, and every other client are connected. */

const reason = whyNoChromium();
const about = { remoteUrls: () => ["http://192.0.2.7:8765", "http://100.64.0.7:8765"] };

describe.skipIf(reason !== undefined)(`connecting${reason === undefined ? "" : ` [skipped: ${reason}]`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function open(path: string) {
    const dashboard = await openDashboard(browser, { token, about });
    const page = await signIn(dashboard.context, dashboard.served);
    await page.goto(`${dashboard.served.url}${path}`);
    return { ...dashboard, page };
  }

  it("shows a second machine when it joins, without being loaded again", async () => {
    const { page, as, trouble } = await open("/connect");
    await page.getByRole("button", { name: "Make a join code" }).click();
    const line = page.getByText("npx claude-bridge join http://192.0.2.7:8765");
    const code = /(\S{4}-\S{4})$/.exec((await line.textContent()) ?? "")?.[1];
    await page.getByLabel("Bridge's address").selectOption("http://100.64.0.7:8765");
    await page.getByText(`npx claude-bridge join http://100.64.0.7:8765 ${code}`).waitFor();
    expect(await violationsEverywhere(page)).toEqual([]);

    await as("").request({ path: "/api/join", body: { code, name: "win-desktop" } });
    await page.getByText("win-desktop joined").waitFor();
    await page.getByRole("heading", { name: "Here already" }).waitFor();
    expect(trouble).toEqual([]);
  });

  it("says that the first machine makes the bridge ask everybody, until one has come", async () => {
    const dashboard = await openDashboard(browser);
    const page = await dashboard.open("/connect");
    await page.getByText("This bridge asks nobody who they are yet.").waitFor();
    await page.getByText("This bridge listens on its own machine only").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Make a join code" }).click();
    await page.getByText("This bridge listens on its own machine only").waitFor();
    const code = await page.locator(".invited-code code").textContent();
    await dashboard.as("").request({ path: "/api/join", body: { code, name: "win-desktop" } });
    await page.getByText("This bridge asks nobody who they are yet.").waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "curl" }).click();
    expect(await page.getByRole("tabpanel", { name: "curl", exact: true }).textContent()).toContain(
      "CLAUDE_BRIDGE_TOKEN",
    );
  });

  it("signs a phone in by the link of its code, to read only", async () => {
    const { page, served } = await open("/connect");
    await page.getByRole("radio", { name: "A phone, or another browser" }).check();
    await page.getByRole("textbox", { name: "Name" }).fill("pocket");
    await page.getByRole("checkbox", { name: "It may only read" }).check();
    await page.getByRole("button", { name: "Make a join code" }).click();
    const link = (await page.getByText("http://192.0.2.7:8765/#signin=").textContent()) ?? "";
    const phone = await browser.newContext();
    const pocket = await phone.newPage();
    await pocket.goto(link.replace("http://192.0.2.7:8765", served.url));
    await pocket.goto(`${served.url}/settings`);
    await pocket.getByText("read", { exact: true }).waitFor();
    const message = JSON.stringify({ channel: "x:y", content: "hello" });
    const sent = await fetchIn(pocket, "/api/send", { method: "POST", headers: json, body: message });
    expect(sent.status).toBe(403);
    await phone.close();
    await page.getByText("pocket joined").waitFor();
  });

  it("has a line for every client, with no token in it, and copies it", async () => {
    const { page, context } = await open("/connect");
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("tab", { name: "Claude Code, HTTP" }).click();
    const panelOf = (name: string) => page.getByRole("tabpanel", { name, exact: true });
    const panel = panelOf("Claude Code, HTTP");
    await panel.getByRole("button", { name: /^Copy/ }).click();
    await panel.getByRole("button", { name: /^Copy/ }).getByText("Copied").waitFor();
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toMatch(/^claude mcp add .* --header "Authorization: Bearer \$CLAUDE_BRIDGE_TOKEN"$/);
    expect(await page.content()).not.toContain(token);
    for (const name of [".mcp.json", "Codex", "curl", "Docker and CI"]) {
      await page.getByRole("tab", { name }).click();
      await panelOf(name).getByRole("button", { name: /^Copy/ }).waitFor();
    }
    expect(await violationsEverywhere(page)).toEqual([]);
  });

  it.each(["/health", "/settings"])("has nothing that axe would object to at %s", async (path) => {
    const { page, trouble } = await open(path);
    await page
      .getByText(path === "/health" ? "Audit" : "Notifications")
      .first()
      .waitFor();
    expect(await violationsEverywhere(page)).toEqual([]);
    expect(trouble).toEqual([]);
  });
});
