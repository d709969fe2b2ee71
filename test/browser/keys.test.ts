import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { type Served, serve } from "../support/face.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { watchTrouble } from "./trouble.ts";

/** The dashboard by keyboard alone. */

const reason = whyNoChromium();
const title = reason === undefined ? "keys" : `keys [skipped: ${reason}]`;

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let served: Served;
  let context: BrowserContext;
  let page: Page;
  let trouble: readonly string[];

  beforeAll(async () => {
    [browser, served] = await Promise.all([launchChromium(), serve()]);
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
    await page.goto(`${served.url}/c/demo`);
    await heading("demo").waitFor();
  });
  afterEach(async () => {
    expect(trouble).toEqual([]);
    await context.close();
  });

  const heading = (name: string) => page.getByRole("heading", { name, level: 1, exact: true });
  const help = () => page.getByRole("dialog", { name: "Keys" });

  it("go to screens, one after the other", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await heading("Machines").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await heading("Needs you").waitFor();
    await page.goBack();
    await heading("Machines").waitFor();
    expect(new URL(page.url()).pathname).toBe("/machines");
  });

  it("are letters where one types, and belong to the browser with a modifier", async () => {
    const field = page.getByRole("textbox", { name: "Message to demo" });
    await field.focus();
    await page.keyboard.type("g m?");
    expect(await field.inputValue()).toBe("g m?");
    await field.blur();
    await page.keyboard.press("Alt+?");
    await heading("demo").waitFor();
    expect(await help().count()).toBe(0);
  });

  it("are all in the help, which is searched, and gives the focus back", async () => {
    await page.getByRole("link", { name: "All messages" }).focus();
    await page.keyboard.press("?");
    await help().waitFor();
    await page.keyboard.type("machines");
    await expect.poll(() => help().getByRole("term").allTextContents()).toEqual(["Machines"]);
    await page.keyboard.press("Escape");
    await expect.poll(() => help().count()).toBe(0);
    expect(await page.evaluate("document.activeElement.textContent")).toContain("All messages");
  });

  it("open a palette that goes to what a few letters name, does what it says, and finds messages", async () => {
    const bridge = connect({ url: served.url, sender: "mac/<b>bold</b>" });
    await bridge.send({ channel: 'x:["/y]', content: "the needle is here" });
    await page.getByRole("link", { name: '["/y]' }).waitFor();
    const palette = page.getByRole("dialog", { name: "Commands" });
    await page.keyboard.press("Control+k");
    await palette.waitFor();
    await page.keyboard.type('x["y');
    await palette.getByRole("option", { name: 'x:["/y]', exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await heading('x:["/y]').waitFor();
    expect(await palette.count()).toBe(0);

    await page.keyboard.press("Control+k");
    await page.keyboard.type("machi");
    await palette.getByRole("option", { name: "Machines g m" }).waitFor();
    await page.keyboard.press("Enter");
    await heading("Machines").waitFor();

    await page.keyboard.press("Control+k");
    await page.keyboard.type("needle");
    await palette.getByRole("option", { name: 'mac/<b>bold</b> in x:["/y]: the needle is here' }).click();
    await heading('x:["/y]').waitFor();
    expect(new URL(page.url()).searchParams.get("sel")).toBeTruthy();
  });

  it("can be switched off, and stay off", async () => {
    await page.keyboard.press("?");
    await help().getByRole("checkbox").uncheck();
    await page.keyboard.press("Escape");
    await page.reload();
    await heading("demo").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await page.keyboard.press("?");
    await heading("demo").waitFor();
    expect(await help().count()).toBe(0);
  });
});
