import { expect, it } from "vitest";
import { z } from "zod";
import { first, readsItsMail } from "./agent-model.ts";
import { startBridge } from "./bridge-process.ts";
import { makeClaudeHome } from "./claude.ts";
import { createCorrespondent } from "./correspondent.ts";
import { startMessagesApi } from "./messages-api.ts";
import { type Script } from "./script.ts";
import { inPlugin } from "./tool-names.ts";
import { describeInTerminal } from "./with-clients.ts";

const token = "a-token-for-this-test-of-two-machines";
const question = "which port does the bridge use?";
const answer = "it uses 8765";
const [send, receive] = [inPlugin("bridge_send"), inPlugin("bridge_receive")];

const invited = z.looseObject({ code: z.string(), urls: z.array(z.string()) });

describeInTerminal("Two Claude Codes on two machines that have joined a bridge", ({ claude }) => {
  it("ask and answer, over a bridge that is killed twice, and nobody touches them", { timeout: 180_000 }, async () => {
    const bridge = await startBridge({ token });
    const mail = createCorrespondent(bridge.url, { authorization: `Bearer ${token}` });
    async function machine(name: string, script: Script) {
      const { code } = invited.parse(JSON.parse(await bridge.run("invite", "--json", "--db", bridge.db)));
      const home = await makeClaudeHome(claude);
      await home.paste(`claude-bridge join ${bridge.url} ${code} --name ${name}`);
      await home.paste("claude-bridge install claude");
      const model = await startMessagesApi(script);
      const terminal = await home.terminal(model.url);
      const agent = `${name}/project`;
      await expect.poll(() => mail.reachOf(agent), { timeout: 40_000 }).toMatchObject({ reach: "by hand" });
      return { model, terminal, agent };
    }
    async function crash() {
      await bridge.kill();
      await bridge.start();
    }

    const reads = readsItsMail(receive);
    let asked = "";
    const win = await machine("win", async (turn) => {
      const [, id] = /\(id: ([\w-]{36})\)[^]*which port/.exec(turn.body) ?? [];
      if (id === undefined || asked !== "") return reads(turn);
      asked = id;
      await crash();
      return [{ tool: send, input: { to: "mac/project", reply_to: id, content: answer } }];
    });
    const mac = await machine("mac", first([{ tool: send, input: { to: win.agent, content: question } }], reads));
    await crash();

    await mac.terminal.enter("ask win for the port", () => mac.model.turns.all.length > 0);
    await win.model.turns.first("question in context", ({ body }) => body.includes(question), 90_000);
    await mac.model.turns.first("answer in context", ({ body }) => body.includes(answer), 90_000);

    await mail.untilIs(asked, "answered");
    const [receipt] = await mail.receipts(asked);
    expect(receipt).toMatchObject({ agent: win.agent });
  });
});
