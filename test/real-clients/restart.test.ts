import { expect, it } from "vitest";
import { type BridgeProcess, startBridge, type TransportName } from "./bridge-process.ts";
import { makeClaudeHome } from "./claude.ts";
import { startMessagesApi } from "./messages-api.ts";
import { type Block, inOrder, type Script } from "./script.ts";
import { inClaude } from "./tool-names.ts";
import { describeWithClients } from "./with-clients.ts";

const channel = "demo:all";
const send = { tool: inClaude("bridge_send"), input: { channel, sender: "ada", content: "sent before the crash" } };
const receive = { tool: inClaude("bridge_receive"), input: { channel } };

describeWithClients("Claude Code, when the bridge is killed and started again", ({ claude }) => {
  async function agentOf(bridge: BridgeProcess, transport: TransportName, script: Script) {
    const home = await makeClaudeHome(claude);
    await home.paste(bridge.connect[transport]);
    const model = await startMessagesApi(script);
    return { model, session: home.session(model.url) };
  }

  it("goes on in the same session over http, without one failed call", async () => {
    const bridge = await startBridge();
    const { model, session } = await agentOf(bridge, "http", inOrder(send, { text: "sent" }, receive));
    session.say("tell the others");
    await session.turnEnd(1);
    await bridge.kill();
    await bridge.start();
    session.say("any news?");
    await session.turnEnd(2);
    expect(model.turns.all.at(-1)?.results[0]).toContain("sent before the crash");
  });

  // Over sse the client comes back a moment after it lost the stream. Until then each call fails, and an agent tries again.
  it("goes on in the same session over sse, once the client is back", async () => {
    const bridge = await startBridge();
    const { model, session } = await agentOf(bridge, "sse", inOrder(send, { text: "sent" }, ...untilItWorks(receive)));
    session.say("tell the others");
    await session.turnEnd(1);
    await bridge.kill();
    await bridge.start();
    session.say("any news?");
    await session.turnEnd(2);
    expect(model.turns.all.at(-1)?.results[0]).toContain("sent before the crash");
  });
});

/** Makes the call again as long as it ends in an error of the connection, as an agent would. */
function untilItWorks(block: Block): readonly Script[] {
  const again: Script = ({ results }) => [results.join().includes("Could not find session") ? block : { text: "done" }];
  return [() => [block], ...Array.from({ length: 500 }, () => again)];
}
