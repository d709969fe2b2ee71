import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { first, readsItsMail } from "./agent-model.ts";
import { startBridge } from "./bridge-process.ts";
import { startMessagesApi } from "./messages-api.ts";
import { connectHome, deaf } from "./on-bridge.ts";
import { inOrder } from "./script.ts";
import { inPlugin } from "./tool-names.ts";
import { describeInTerminal, describeWithClients } from "./with-clients.ts";

const text = "the tests are green";
const nothingYet = "nothing has been said yet";

describeWithClients("Claude Code, when its session goes on another day", ({ claude }) => {
  it.each(["--continue", "--resume"])("has its name and its unread mail, with %s", async (how) => {
    const bridge = await startBridge();
    const { home, mail } = await connectHome(claude, bridge, "plugin", { settings: deaf });
    const rename = { tool: inPlugin("bridge_whoami"), input: { role: "night-watch" } };
    const model = await startMessagesApi(inOrder(rename));
    const before = home.session(model.url);
    before.say(nothingYet);
    const { session_id: session } = await before.turnEnd(1);
    await expect.poll(() => mail.reachOf("night-watch"), { timeout: 20_000 }).toBeDefined();
    await before.end();
    await expect.poll(() => mail.reachOf("night-watch"), { timeout: 20_000 }).toMatchObject({ reach: "away" });

    const id = await mail.send("night-watch", text);
    const after = home.session(model.url, ...(how === "--resume" ? [how, String(session)] : [how]));
    await mail.untilIs(id, "at_machine");
    after.say("any news?");
    await after.turnEnd(1);
    const { body } = model.turns.all.at(-1) ?? { body: "" };
    expect(body).toContain(nothingYet);
    expect(body).toContain(text);
    await mail.untilIs(id, "in_context");
    const [receipt] = await mail.receipts(id);
    expect(receipt?.agent).toBe("night-watch");
  });
});

describeInTerminal("Claude Code in a terminal that has forgotten what was said", ({ claude }) => {
  it.each(["/clear", "/compact"])(
    "is told its name after %s, and is woken as before",
    { timeout: 120_000 },
    async (command) => {
      const notes = { type: "command", command: 'cat >> "$HOME/starts"; echo >> "$HOME/starts"' };
      const settings = { hooks: { SessionStart: [{ hooks: [notes] }] } };
      const { home, mail } = await connectHome(claude, await startBridge(), "plugin", { settings });
      const model = await startMessagesApi(first([{ text: "hello" }], readsItsMail(inPlugin("bridge_receive"))));
      const terminal = await home.terminal(model.url);
      const agent = await mail.onlyAgent();
      await terminal.enter(nothingYet, () => model.turns.all.length > 0);
      const starts = () => readFileSync(join(home.folder, "starts"), "utf8");
      await terminal.enter(command, () => starts().includes(`"source":"${command.slice(1)}"`));
      const id = await mail.send(agent, text);
      const { body } = await model.turns.first("turn that the mail starts", (turn) => turn.body.includes(text));
      expect(body).not.toContain(nothingYet);
      expect(body).toContain(`On the bridge you are ${agent}`);
      await mail.untilIs(id, "in_context");
    },
  );
});
