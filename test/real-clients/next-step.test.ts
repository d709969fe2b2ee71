import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startBridge } from "./bridge-process.ts";
import type { Correspondent } from "./correspondent.ts";
import { startMessagesApi } from "./messages-api.ts";
import { connectHome, deaf } from "./on-bridge.ts";
import { type Block, inOrder, type Script } from "./script.ts";
import { inClaude, inPlugin } from "./tool-names.ts";
import { describeInTerminal, describeWithClients } from "./with-clients.ts";

const text = "the tests are green";

// Clients whose socket is closed, so that nothing wakes them.
describeWithClients("Claude Code that nothing wakes", ({ claude }) => {
  it("has its mail before it with the next prompt", async () => {
    const { home, mail } = await connectHome(claude, await startBridge(), "plugin", { settings: deaf });
    const model = await startMessagesApi(inOrder());
    const session = home.session(model.url);
    session.say("hello");
    await session.turnEnd(1);
    const id = await mail.send(await mail.onlyAgent(), text);
    await mail.untilIs(id, "at_machine");
    expect(model.turns.all).toHaveLength(1);
    session.say("any news?");
    await session.turnEnd(2);
    expect(model.turns.all.at(-1)?.body).toContain(text);
    await mail.untilIs(id, "in_context");
  });

  it("is held at the end of its turn for mail, up to seven times, and then left alone", async () => {
    const { home, mail } = await connectHome(claude, await startBridge(), "plugin", { settings: deaf });
    let sent = 0;
    const model = await startMessagesApi(async () => {
      const id = await mail.send(await mail.onlyAgent(), `letter ${++sent}`);
      await mail.untilIs(id, "at_machine");
      return [{ text: "done" }];
    });
    const session = home.session(model.url);
    session.say("work");
    await session.turnEnd(1);
    const { length } = model.turns.all;
    expect(length).toBe(8);
    expect(model.turns.all.at(-1)?.body).toContain("7 unread on the bridge for");
    session.say("any news?");
    const { body } = await model.turns.first("request with all the mail", (turn) => turn.body.includes("letter 8"));
    for (let number = 1; number <= length; number += 1) expect(body).toContain(`letter ${number}`);
  });

  it.each([
    ["http", inClaude],
    ["plugin", inPlugin],
  ] as const)("is told of its mail under the result of any tool, over %s", async (connection, nameOf) => {
    const bridge = await startBridge();
    const { home, mail } = await connectHome(claude, bridge, connection, { settings: deaf });
    const ping = { tool: nameOf("bridge_send"), input: { channel: "demo:all", sender: "ada", content: "at work" } };
    const model = await startMessagesApi(
      inOrder({ text: "hello" }, ping, async () => {
        await mail.untilIs(await mail.send(await agentOf(connection, mail), text), mailAtHand[connection]);
        return [ping];
      }),
    );
    const session = home.session(model.url);
    session.say("hello");
    await session.turnEnd(1);
    session.say("say that you work");
    const told = await model.turns.first("line under a result", ({ results }) =>
      results.join().includes("1 unread for you in"),
    );
    expect(told.results.join()).toContain("bridge_receive without channel shows them");
  });
});

const mailAtHand = { http: "stored", plugin: "at_machine" } as const;
const agentOf = (connection: keyof typeof mailAtHand, mail: Correspondent) =>
  connection === "http" ? Promise.resolve("ada") : mail.onlyAgent();

const bash = (command: string): Block => ({ tool: "Bash", input: { command, description: "work" } });

/** A model at work: after the first command it does small ones until it hears of mail, reads that, and ends. */
function atWork(command: string, receive: string): Script {
  let step = 0;
  let hasHeard = false;
  return ({ body }) => {
    step += 1;
    if (step === 1) return [bash(command)];
    if (hasHeard || step > 60) return [{ text: "done" }];
    hasHeard = body.includes("1 unread for you in");
    return [hasHeard ? { tool: receive, input: {} } : bash(`echo step ${step}`)];
  };
}

describeInTerminal("Claude Code at work", ({ claude }) => {
  it.each([
    ["plugin", inPlugin],
    ["shim", inClaude],
  ] as const)(
    "sees after a long call the mail that came during it, and reads it in the same turn, with the %s",
    async (connection, nameOf) => {
      const { home, mail } = await connectHome(claude, await startBridge(), connection);
      const model = await startMessagesApi(atWork("until [ -e go-on ]; do sleep 0.1; done", nameOf("bridge_receive")));
      const terminal = await home.terminal(model.url);
      const agent = await mail.onlyAgent();
      await terminal.enter("work", () => model.turns.all.length > 0);
      const id = await mail.send(agent, text);
      await mail.untilIs(id, "at_machine");
      writeFileSync(join(home.project, "go-on"), "");
      const { body } = await model.turns.first("request with the mail", (turn) => turn.body.includes(text));
      expect(body).not.toContain('"text":"done"');
      await mail.untilIs(id, "in_context");
      const heard = model.turns.all.findIndex((turn) => turn.body.includes("1 unread for you in"));
      console.info(`busy, ${connection}: told at step ${heard} after the call that was running`);
    },
  );

  it("sees it between two of many calls", async () => {
    const { home, mail } = await connectHome(claude, await startBridge(), "shim");
    let id = "";
    const work = atWork("echo one", inClaude("bridge_receive"));
    const model = await startMessagesApi(async (turn) => {
      if (turn.body.includes("echo step 3") && id === "") id = await mail.send(await mail.onlyAgent(), text);
      return work(turn);
    });
    const session = home.session(model.url);
    session.say("work");
    await session.turnEnd(1);
    expect(model.turns.all.some(({ body }) => body.includes(text))).toBe(true);
    await mail.untilIs(id, "in_context");
  });
});
