import { describe, expect, it } from "vitest";
import { startBridge, transportNames } from "./bridge-process.ts";
import { makeClaudeHome } from "./claude.ts";
import { startMessagesApi } from "./messages-api.ts";
import { inOrder, type Script } from "./script.ts";
import { everyTool, inClaude } from "./tool-names.ts";
import { describeWithClients } from "./with-clients.ts";

describeWithClients("Claude Code", ({ claude }) => {
  describe.each(transportNames)("over %s", (transport) => {
    async function meetBridge() {
      const bridge = await startBridge();
      const newHome = async () => {
        const home = await makeClaudeHome(claude);
        await home.paste(bridge.connect[transport]);
        return home;
      };
      const agent = async (script: Script) => {
        const home = await newHome();
        const model = await startMessagesApi(script);
        return { model, session: home.session(model.url) };
      };
      return { newHome, agent };
    }

    it("is set up by the line that the bridge prints, and connects", async () => {
      const { newHome } = await meetBridge();
      const home = await newHome();
      expect(await home.list()).toMatch(/^claude-bridge: .*Connected$/m);
    });

    it("offers its model every tool, and those for talking at once", async () => {
      const { agent } = await meetBridge();
      const { model, session } = await agent(inOrder());
      session.say("hello");
      const init = await session.events.first("init", ({ subtype }) => subtype === "init");
      expect(init.tools).toEqual(expect.arrayContaining(everyTool.map(inClaude)));
      const { tools } = await model.turns.first("request", () => true);
      expect(tools).toEqual(
        expect.arrayContaining([inClaude("bridge_send"), inClaude("bridge_receive"), inClaude("bridge_wait")]),
      );
    });

    it("tells its model how to use the bridge", async () => {
      const { agent } = await meetBridge();
      const { model, session } = await agent(inOrder());
      session.say("hello");
      const { body } = await model.turns.first("request", () => true);
      expect(body).toContain("To wait call bridge_wait once");
    });

    it("carries a message from one agent to another", async () => {
      const { agent } = await meetBridge();
      const letter = { channel: "demo:all", sender: "ada", content: "the tests are green" };
      const ada = await agent(inOrder({ tool: inClaude("bridge_send"), input: letter }));
      ada.session.say("tell the others");
      await ada.session.turnEnd(1);

      const bob = await agent(inOrder({ tool: inClaude("bridge_receive"), input: { channel: "demo:all" } }));
      bob.session.say("any news?");
      await bob.session.turnEnd(1);

      expect(ada.model.turns.all.at(-1)?.results[0]).toContain("stored");
      expect(bob.model.turns.all.at(-1)?.results[0]).toContain("the tests are green");
    });
  });

  it("shows the bridge its token, with the line that the bridge prints", async () => {
    const token = "a-token-for-this-test";
    const bridge = await startBridge({ token });
    const home = await makeClaudeHome(claude, { CLAUDE_BRIDGE_AUTH_TOKEN: token });
    await home.paste(bridge.connect.http);
    expect(await home.list()).toMatch(/^claude-bridge: .*Connected$/m);
  });
});
