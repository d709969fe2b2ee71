import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { quickly } from "../support/client.ts";
import { tokenFor } from "../support/credentials.ts";
import { violationsEverywhere } from "./axe.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { openDashboard } from "./dashboard.ts";
import { signIn, token } from "./sign-in.ts";

/** Who there is, whether a message would be noticed there, and how one is cut off. */

const reason = whyNoChromium();

describe.skipIf(reason !== undefined)(`machines${reason === undefined ? "" : ` [skipped: ${reason}]`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function withMachine(name: string) {
    const dashboard = await openDashboard(browser, { token });
    const { token: secret } = await tokenFor(dashboard.served.bridge, name);
    const machine = connect({ url: dashboard.served.url, token: secret, agent: "worker", ...quickly });
    await machine.announce({ project: "~/src/payments", shim: "1.0.0", doing: "working" });
    return { ...dashboard, machine };
  }

  it("shows each with its agents, and an agent's work as it changes", async () => {
    const { context, served, machine, trouble } = await withMachine("win-desktop");
    const page = await signIn(context, served);
    await page.goto(`${served.url}/machines`);
    const card = page.getByRole("article", { name: "win-desktop" });
    await card.getByText("~/src/payments").waitFor();
    await card.getByText("claude-bridge 1.0.0").waitFor();
    await machine.announce({ doing: "waiting", waitingOn: "a review" });
    await machine.send({ channel: "x:y", content: "which branch?" });
    await card.getByText("waiting on a review").waitFor();
    await card.getByText("sees it at its next tool call").waitFor();
    expect(await violationsEverywhere(page)).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it("cuts off one that is revoked, after it was said what that cuts", async () => {
    const { context, served, machine } = await withMachine("win-desktop");
    const page = await signIn(context, served);
    await page.goto(`${served.url}/machines`);
    await page.getByRole("button", { name: "Revoke win-desktop" }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke win-desktop?" });
    await dialog.getByText("win-desktop/worker").waitFor();
    expect(await violationsEverywhere(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Leave it" }).click();
    await machine.whoAmI();

    await page.getByRole("button", { name: "Revoke win-desktop" }).click();
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect(machine.whoAmI()).rejects.toMatchObject({ code: "unauthorized" });
    await page.getByRole("button", { name: "Revoke win-desktop" }).waitFor({ state: "detached" });
  });

  it("gives one another name", async () => {
    const { context, served, machine } = await withMachine("win-desktop");
    const page = await signIn(context, served);
    await page.goto(`${served.url}/machines`);
    await page.getByRole("button", { name: "Rename win-desktop" }).click();
    await page.getByLabel("New name").fill("win-laptop");
    await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
    await page.getByRole("article", { name: "win-laptop" }).waitFor();
    expect(await machine.whoAmI()).toMatchObject({ name: "win-laptop" });
  });

  it("shows nothing of who may come in to whoever does not administer the bridge", async () => {
    const { context, served } = await withMachine("win-desktop");
    const { code } = await connect({ url: served.url, token }).invite({ kind: "person", name: "anna" });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on("response", (response) => {
      if (response.status() === 403) refused.push(response.url());
    });
    await page.goto(`${served.url}/machines#signin=${code}`);
    await page.getByRole("article", { name: "win-desktop" }).waitFor();
    await page.getByText("are shown to administrators").waitFor();
    expect(await page.getByRole("button", { name: /Revoke|Rename|Sign out / }).count()).toBe(0);
    expect(refused).toEqual([]);
    expect(await violationsEverywhere(page)).toEqual([]);
  });

  it("shows names with everything hidden in them spelt out", async () => {
    const { open, as } = await openDashboard(browser);
    const odd = as("mac\u202e/a\u200bb");
    await odd.announce({ project: "<img src=x>\u202e", doing: "waiting", waitingOn: "<b>you</b>" });
    await odd.send({ channel: "x:y", content: "hello" });
    const page = await open("/machines");
    await page.getByRole("article", { name: "mac\\u{202e}" }).waitFor();
    await page.getByText("a\\u{200b}b", { exact: true }).waitFor();
    await page.getByText("<img src=x>\\u{202e}").waitFor();
    expect(await page.locator("main img").count()).toBe(0);
  });

  it("signs another browser out", async () => {
    const { context, served } = await withMachine("win-desktop");
    const other = await browser.newContext({ userAgent: "Mozilla/5.0 (iPhone) Safari/604.1" });
    await signIn(other, served);
    const page = await signIn(context, served);
    await page.goto(`${served.url}/machines`);
    await page.getByRole("button", { name: "Sign out Safari on iPhone of you" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const refused = await other.request.get(`${served.url}/api/state`);
    await other.close();
    expect(refused.status()).toBe(401);
  });
});
