import { expect, it } from "vitest";
import { z } from "zod";
import { startBridge } from "./bridge-process.ts";
import { makeClaudeHome } from "./claude.ts";
import { startMessagesApi } from "./messages-api.ts";
import { inOrder } from "./script.ts";
import { describeWithClients } from "./with-clients.ts";

const agents = z.object({ agents: z.array(z.looseObject({ name: z.string() })) });
const sent = z.looseObject({ id: z.string() });
const receipts = z.object({ receipts: z.array(z.looseObject({ state: z.string() })) });

// The whole way: bridge, shim, plugin, client. Nothing in it stands in for anything but the model.
describeWithClients("Claude Code with the plugin, on a bridge", ({ claude }) => {
  it("is woken by each message for its agent, has it in context, and the bridge knows", async () => {
    const bridge = await startBridge();
    const home = await makeClaudeHome(claude, { CLAUDE_BRIDGE_URL: bridge.url });
    await home.paste("claude-bridge install claude");
    const model = await startMessagesApi(inOrder());
    const session = home.session(model.url);
    session.say("hello");
    await session.turnEnd(1);

    const get = async (path: string): Promise<unknown> => (await fetch(`${bridge.url}/api/${path}`)).json();
    const present = async () => agents.parse(await get("agents")).agents.map(({ name }) => name);
    await expect.poll(present, { timeout: 20_000 }).toHaveLength(1);
    const [to] = await present();
    const send = async (content: string) => {
      const body = JSON.stringify({ to, sender: "mac", content });
      const headers = { "content-type": "application/json" };
      return sent.parse(await (await fetch(`${bridge.url}/api/send`, { method: "POST", headers, body })).json()).id;
    };

    let turns = 1;
    // The nudges for both say the same.
    for (const content of ["the tests are green", "and now they are red"]) {
      const id = await send(content);
      turns += 1;
      await model.turns.first("turn that the mail starts", ({ body }) => body.includes(content));
      const states = async () => receipts.parse(await get(`receipts?message_ids=${id}`)).receipts;
      await expect.poll(states, { timeout: 20_000 }).toMatchObject([{ state: "in_context" }]);
      await session.turnEnd(turns);
    }
  });
});
