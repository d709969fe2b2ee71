import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { readsItsMail, timed } from "./agent-model.ts";
import { type BridgeProcess, startBridge } from "./bridge-process.ts";
import type { Correspondent } from "./correspondent.ts";
import { type MessagesApi, startMessagesApi } from "./messages-api.ts";
import { connectHome, deaf } from "./on-bridge.ts";
import { inOrder, type Turn } from "./script.ts";
import { inClaude, inPlugin } from "./tool-names.ts";
import { describeInTerminal } from "./with-clients.ts";

const text = "the tests are green";

describeInTerminal("Claude Code in a terminal, idle, is woken by a message for its agent", ({ claude }) => {
  it("through a wait that is open over plain http, with nothing of ours installed", async () => {
    const env = { CLAUDE_CODE_MCP_AUTO_BACKGROUND_MS: "3000" };
    const { home, mail } = await connectHome(claude, await startBridge(), "http", { env });
    const model = await startMessagesApi(inOrder({ tool: inClaude("bridge_wait"), input: { timeout_seconds: 600 } }));
    const terminal = await home.terminal(model.url);
    await terminal.enter("wait for work", () => model.turns.all.length > 0);
    const isMoved = ({ results }: Turn) => results.join().includes("moved to the background");
    await model.turns.first("word that the wait is in the background", isMoved);
    expect(await mail.reachOf("ada")).toEqual({ reach: "wakes", way: "open-wait" });
    expect(await stateOnceWoken("open bridge_wait over http", { model, mail, agent: "ada" })).toBe("in_context");
  });

  it("through the plugin's monitor", async () => {
    const bridge = await startBridge();
    const { home, mail } = await connectHome(claude, bridge, "plugin");
    const model = await startMessagesApi(readsItsMail(inPlugin("bridge_receive")));
    await home.terminal(model.url);
    expect(await reachOnceWoken("monitor", { bridge, model, mail })).toEqual({ reach: "wakes", way: "monitor" });
  });

  it("through the session's inbox socket, with the shim alone", async () => {
    const bridge = await startBridge();
    const { home, mail } = await connectHome(claude, bridge, "shim");
    const model = await startMessagesApi(readsItsMail(inClaude("bridge_receive")));
    await home.terminal(model.url);
    const reach = await reachOnceWoken("inbox-socket", { bridge, model, mail });
    expect(reach).toEqual({ reach: "wakes", way: "inbox-socket" });
  });

  // Once: when the hook has ended, the client has none that waits, and the bridge does not say that there is.
  it("through a hook that waits since the session began", async () => {
    const bridge = await startBridge();
    const wake = { type: "command", command: "claude-bridge hook wake", asyncRewake: true, timeout: 86_400 };
    const settings = { hooks: { SessionStart: [{ hooks: [wake] }] } };
    const { home, mail } = await connectHome(claude, bridge, "shimWithoutSocket", { settings });
    const model = await startMessagesApi(readsItsMail(inClaude("bridge_receive")));
    await home.terminal(model.url);
    const agent = await mail.onlyAgent();
    await untilHasWay(bridge, "hook");
    expect(await stateOnceWoken("hook", { model, mail, agent })).toBe("in_context");
    expect(await mail.reachOf(agent)).not.toMatchObject({ reach: "wakes" });
  });

  // The socket is the first choice and nobody answers on it; that nothing was read is what tells.
  it("through the next way, when the first one brought nothing", async () => {
    const bridge = await startBridge();
    const wake = { type: "command", command: "claude-bridge hook wake", asyncRewake: true, timeout: 86_400 };
    const settings = { ...deaf, hooks: { SessionStart: [{ hooks: [wake] }] } };
    const { home, mail } = await connectHome(claude, bridge, "shim", { settings });
    const model = await startMessagesApi(readsItsMail(inClaude("bridge_receive")));
    await home.terminal(model.url);
    const agent = await mail.onlyAgent();
    await untilHasWay(bridge, "hook");
    const state = await stateOnceWoken("hook, after a socket that is refused", { model, mail, agent });
    expect(state).toBe("in_context");
  });
});

interface Woken {
  readonly model: MessagesApi;
  readonly mail: Correspondent;
}

async function reachOnceWoken(way: string, { bridge, model, mail }: Woken & { readonly bridge: BridgeProcess }) {
  const agent = await mail.onlyAgent();
  await untilHasWay(bridge, way);
  await stateOnceWoken(way, { model, mail, agent });
  // The shim says in a moment what has woken its agent.
  await expect.poll(() => mail.reachOf(agent), { timeout: 20_000 }).toMatchObject({ reach: "wakes" });
  return mail.reachOf(agent);
}

async function stateOnceWoken(what: string, { model, mail, agent }: Woken & { readonly agent: string }) {
  let id = "";
  await timed(what, model, text, async () => (id = await mail.send(agent, text)));
  await mail.untilIs(id, "in_context");
  const [receipt] = await mail.receipts(id);
  return receipt?.state;
}

/** The bridge writes down the ways that an agent has; it tells only of those that were proved. */
async function untilHasWay({ db }: BridgeProcess, way: string): Promise<void> {
  const database = new DatabaseSync(db, { readOnly: true });
  const ways = () => database.prepare("SELECT body ->> '$.ways' AS ways FROM agents").get()?.["ways"];
  await expect.poll(ways, { timeout: 40_000, interval: 200 }).toContain(way);
  database.close();
}
