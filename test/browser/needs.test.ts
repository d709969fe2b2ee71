import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsEverywhere } from "./axe.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { openDashboard } from "./dashboard.ts";

/** The first screen: what waits for a person, and how one begins. */

const reason = whyNoChromium();

describe.skipIf(reason !== undefined)(`what needs you${reason === undefined ? "" : ` [skipped: ${reason}]`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it("goes from the first start to the first message, and each step ticks when it is done", async () => {
    const { open, as, served, trouble } = await openDashboard(browser);
    const page = await open("/");
    const step = (name: string) => page.getByRole("heading", { name });
    await step("This bridge is running (done)").waitFor();
    await step("Connect Claude Code on this machine (to do)").waitFor();
    expect(await violationsEverywhere(page)).toEqual([]);

    await page.getByRole("button", { name: "Send a test message" }).click();
    await page.getByText("stored").waitFor();
    expect((await as("you").messages({ channel: "test:hello" })).messages).toHaveLength(1);

    const mac = as("mac/orchestrator");
    await mac.announce({ doing: "working" });
    await mac.inbox();
    await step("Connect Claude Code on this machine (done)").waitFor();

    await page.getByRole("button", { name: "Make a join code" }).click();
    const code = (await page.locator(".invited-code code").textContent()) ?? "";
    expect(await violationsEverywhere(page)).toEqual([]);
    await as("win").request({ path: "/api/join", body: { code, name: "win-desktop" } });
    await page.getByText("win-desktop joined").waitFor();
    await step("Connect another machine (done)").waitFor();
    expect(served.bridge.access.asksForCredential()).toBe(true);

    // The bridge asks everybody now, and this page goes on.
    await page.getByRole("button", { name: "Send a test message" }).click();
    await page.getByText("seq 2").waitFor();
    expect(trouble).toEqual([]);
  });

  it("answers a question by a quick answer, and another one in words", async () => {
    const { open, as, trouble } = await openDashboard(browser);
    const win = as("win/worker");
    const quick = await win.ask({ to: "you", content: "May I use the sandbox key?", options: ["yes", "no"] });
    const long = await win.ask({ to: "you", content: "Half-even or half-up?" });
    const page = await open("/");
    await page.getByText("Half-even or half-up?").waitFor();
    expect(await violationsEverywhere(page)).toEqual([]);

    await page.getByRole("button", { name: "yes" }).click();
    await page.getByText("May I use the sandbox key?").waitFor({ state: "detached" });
    await page.getByRole("textbox", { name: "Reply to win/worker" }).fill("half-even, as the ledger has it");
    await page.getByRole("button", { name: "Reply" }).click();
    await page.getByText("Nothing needs you.").waitFor();

    const answers = await win.receipts([quick.id, long.id]);
    expect(answers).toMatchObject([{ state: "answered" }, { state: "answered" }]);
    const { messages } = await win.inbox();
    expect(messages.map(({ envelope }) => envelope?.content)).toEqual(["yes", "half-even, as the ledger has it"]);
    expect(await violationsEverywhere(page)).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it("shows a question that comes while one looks, and lets it be put aside", async () => {
    const { open, as } = await openDashboard(browser);
    const win = as("win/worker");
    await win.announce({ shim: "1.0.0", doing: "working", ways: ["monitor"], proved: { way: "monitor" } });
    const page = await open("/");
    await page.getByText("1 agent is working.").waitFor();
    const { id } = await win.ask({ to: "you", content: "Shall I go on?" });
    await page.getByText("Shall I go on?").waitFor();
    await page.getByRole("button", { name: "Mark handled" }).click();
    await page.getByText("Nothing needs you.").waitFor();
    expect(await win.receipts([id])).toMatchObject([{ state: "refused", reason: "handled without an answer" }]);
  });

  it("keeps what was written when the answer could not be sent", async () => {
    const { open, as, context } = await openDashboard(browser);
    await as("win/worker").ask({ to: "you", content: "Shall I go on?" });
    const page = await open("/");
    const reply = page.getByRole("textbox", { name: "Reply to win/worker" });
    await reply.fill("yes, and tell me after");
    const refused = { status: 403, json: { error: "win has no right to write", code: "forbidden" } };
    await context.route("**/api/send", (route) => route.fulfill(refused));
    await page.getByRole("button", { name: "Reply" }).click();
    await page.getByText("win has no right to write").waitFor();
    expect(await reply.inputValue()).toBe("yes, and tell me after");
  });

  it("lets go of agents that were in a loop", async () => {
    const { open, as } = await openDashboard(browser);
    const [one, other] = [as("mac/a"), as("mac/b")];
    for (let turn = 0; turn < 42; turn += 1) {
      const [speaker, to] = turn % 2 === 0 ? [one, "mac/b"] : [other, "mac/a"];
      await speaker.send({ channel: "x:y", to, content: `no, after you ${turn}` });
    }
    const page = await open("/");
    await page.getByRole("heading", { name: "Loops and floods" }).waitFor();
    expect(await violationsEverywhere(page)).toEqual([]);
    await page.getByRole("button", { name: "Release mac/a and mac/b" }).click();
    await page.getByRole("heading", { name: "Loops and floods" }).waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "Held or failed" }).waitFor();
    expect((await as("you").needs()).loops).toEqual([]);
  });
});
