import { expect, it } from "vitest";
import { type BridgeProcess, startBridge, type TransportName, transportNames } from "./bridge-process.ts";
import { makeClaudeHome } from "./claude.ts";
import { startMessagesApi } from "./messages-api.ts";
import { inOrder } from "./script.ts";
import { inClaude } from "./tool-names.ts";
import { describeWithClients } from "./with-clients.ts";

/** The client moves a call to the background after 120 s. */
const pastBackgroundMs = 150_000;
const longWaitMs = 131_000;

describeWithClients("Claude Code, in a wait of more than two minutes", ({ claude }) => {
  // Slow: it takes as long as it says. The three clients wait side by side.
  it("moves the wait to the background, and its result starts a turn", { timeout: 240_000 }, async () => {
    const bridge = await startBridge();
    const startedAt = performance.now();
    const agents = await Promise.all(transportNames.map((transport) => waitingAgent(transport, bridge)));
    await Promise.all(agents.map(({ isInBackground }) => isInBackground));
    await expect.poll(() => performance.now() - startedAt, { timeout: 60_000 }).toBeGreaterThan(longWaitMs);

    await bridge.send("demo:ada", "wake up, there is work");

    const woken = await Promise.all(agents.map(({ isWoken }) => isWoken()));
    expect(woken).toEqual(agents.map(() => expect.stringContaining("wake up, there is work")));
  });

  async function waitingAgent(transport: TransportName, bridge: BridgeProcess) {
    // In print mode the client does what it does by itself in a terminal only when it is told to. Shorter than the
    // wait, so that only progress can keep the call alive: by default the client gives up after 300 silent seconds.
    const env = { CLAUDE_AUTO_BACKGROUND_TASKS: "1", CLAUDE_CODE_MCP_TOOL_IDLE_TIMEOUT: "40000" };
    const home = await makeClaudeHome(claude, env);
    await home.paste(bridge.connect[transport]);
    const wait = { channel: "demo:ada", since_id: "beginning", timeout_seconds: 600 };
    const model = await startMessagesApi(inOrder({ tool: inClaude("bridge_wait"), input: wait }));
    const session = home.session(model.url);
    session.say("wait for work");
    const inBackground = model.turns.first(
      `word over ${transport} that the wait is in the background`,
      ({ results }) => results.join().includes("moved to the background"),
      pastBackgroundMs,
    );
    return {
      isInBackground: inBackground.then(() => session.turnEnd(1)),
      isWoken: async () =>
        (await model.turns.first("turn that the wait starts", ({ said }) => said.includes("<task-notification>"))).said,
    };
  }
});
