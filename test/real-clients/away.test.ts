import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { first, readsItsMail, timed } from "./agent-model.ts";
import { startBridge } from "./bridge-process.ts";
import { startMessagesApi } from "./messages-api.ts";
import { connectHome } from "./on-bridge.ts";
import { inOrder } from "./script.ts";
import { startStallingProxy } from "./stalling-proxy.ts";
import { everyTool, inClaude, inPlugin } from "./tool-names.ts";
import { describeInTerminal, describeWithClients } from "./with-clients.ts";

const text = "the tests are green";
/** Shorter than a person's night, and longer than anything that is repeated at once. */
const asleepMs = 8000;

describeInTerminal("Claude Code in a terminal, whose machine sleeps", ({ claude }) => {
  async function idleAgent() {
    const bridge = await startBridge();
    const network = await startStallingProxy(bridge.url);
    const { home, mail } = await connectHome(claude, bridge, "plugin", { url: network.url });
    const model = await startMessagesApi(readsItsMail(inPlugin("bridge_receive")));
    await home.terminal(model.url);
    return { network, model, mail, agent: await mail.onlyAgent() };
  }

  it("is woken by what came meanwhile, and by what comes then (cc/91470)", async () => {
    const { network, model, mail, agent } = await idleAgent();
    network.stall();
    const during = await mail.send(agent, "sent while you slept");
    await pause(asleepMs);
    expect(model.turns.all).toEqual([]);
    await timed("after the network stood still", model, "sent while you slept", async () => network.goOn());
    await mail.untilIs(during, "in_context");
    const id = await mail.send(agent, text);
    await model.turns.first("turn that the next message starts", ({ body }) => body.includes(text));
    await mail.untilIs(id, "in_context");
  });

  // Slow: the shim learns that a connection carries nothing when its look into the inbox is over.
  const limits = { timeout: 300_000, skip: process.env["BRIDGE_SLOW"] !== "1" };
  it("is woken though its connections were forgotten without a word (with BRIDGE_SLOW=1)", limits, async () => {
    const { network, model, mail, agent } = await idleAgent();
    const earlier = await mail.send(agent, "sent before");
    await mail.untilIs(earlier, "in_context");
    await pause(asleepMs);
    network.forget();
    let id = "";
    const send = async () => (id = await mail.send(agent, text));
    await timed("after connections that were forgotten", model, text, send, 120_000);
    await mail.untilIs(id, "in_context", 120_000);
    expect(await mail.receipts(id)).toHaveLength(1);
  });
});

describeWithClients("Claude Code that was started before its bridge", ({ claude }) => {
  it("has the tools, is told that what it sends is queued, and it goes out once when the bridge comes", async () => {
    const bridge = await startBridge();
    await bridge.kill();
    const { home } = await connectHome(claude, bridge, "shim");
    const letter = { channel: "demo:all", sender: "ada", content: text };
    const model = await startMessagesApi(
      first([{ tool: inClaude("bridge_send"), input: letter }, { text: "queued" }], inOrder()),
    );
    const session = home.session(model.url);
    session.say("tell the others");
    const init = await session.events.first("init", ({ subtype }) => subtype === "init");
    expect(init.tools).toEqual(expect.arrayContaining(everyTool.map(inClaude)));
    await session.turnEnd(1);
    const { results } = model.turns.all.at(-1) ?? { results: [] };
    expect(results.join()).toContain("Queued here: bridge");
    expect(results.join()).not.toContain("stored");
    await bridge.start();
    const there = async () =>
      JSON.stringify(await (await fetch(`${bridge.url}/api/messages?channel=demo:all&since_id=beginning`)).json());
    await expect.poll(there, { timeout: 60_000 }).toContain(text);
    await bridge.kill();
    await bridge.start();
    await bridge.send("demo:all", "later");
    expect((await there()).split(text)).toHaveLength(2);
  });
});
