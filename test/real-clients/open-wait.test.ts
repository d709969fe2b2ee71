import { expect, it } from "vitest";
import { startBridge, type TransportName } from "./bridge-process.ts";
import { makeClaudeHome } from "./claude.ts";
import { startMessagesApi } from "./messages-api.ts";
import { inOrder } from "./script.ts";
import { inClaude } from "./tool-names.ts";
import { describeWithClients } from "./with-clients.ts";

const soonMs = 10_000;

// What the bridge owes to an agent that waits while it goes down: otherwise the client hears nothing, and gives up only
// after 300 silent seconds.
describeWithClients("Claude Code, in a wait that is open when the bridge goes down", ({ claude }) => {
  async function waitingAgent(transport: TransportName) {
    const bridge = await startBridge();
    const home = await makeClaudeHome(claude);
    await home.paste(bridge.connect[transport]);
    const wait = { channel: "demo:ada", since_id: "beginning", timeout_seconds: 600 };
    const model = await startMessagesApi(inOrder({ tool: inClaude("bridge_wait"), input: wait }));
    home.session(model.url).say("wait for work");
    await expect.poll(() => bridge.openWaits(), { timeout: 20_000 }).toBe(1);
    const result = () => model.turns.first("result of the wait", ({ results }) => results.length > 0, soonMs);
    return { bridge, result };
  }

  it("is told over http, when the bridge is stopped", async () => {
    const { bridge, result } = await waitingAgent("http");
    await bridge.kill("SIGTERM");
    await bridge.start();
    expect((await result()).results[0]).toContain("again");
  });

  it("is told over sse, when the bridge is stopped", async () => {
    const { bridge, result } = await waitingAgent("sse");
    await bridge.kill("SIGTERM");
    await bridge.start();
    expect((await result()).results[0]).toContain("again");
  });

  it("gets over http what came later, when the bridge was killed and started again", async () => {
    const { bridge, result } = await waitingAgent("http");
    await bridge.kill();
    await bridge.start();
    await bridge.send("demo:ada", "there is work");
    expect((await result()).results[0]).toContain("there is work");
  });
});
