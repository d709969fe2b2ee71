import { expect, it } from "vitest";
import { startBridge } from "./bridge-process.ts";
import type { Correspondent } from "./correspondent.ts";
import { type MessagesApi, startMessagesApi } from "./messages-api.ts";
import { connectHome, deaf } from "./on-bridge.ts";
import { inOrder, type Script } from "./script.ts";
import { inClaude } from "./tool-names.ts";
import { describeWithClients } from "./with-clients.ts";

const receive = (input: Readonly<Record<string, unknown>> = {}) => ({ tool: inClaude("bridge_receive"), input });
const wait = { tool: inClaude("bridge_wait"), input: { timeout_seconds: 600 } };

/** Numbers, so that no part of it stands elsewhere. */
const textOf = (length: number, seed = 1) =>
  Array.from({ length: Math.ceil(length / 8) }, (_, index) => String(seed * 1_000_000 + index).padStart(8, "x"))
    .join("")
    .slice(0, length);

// A receipt is held against what the model was asked: nobody else knows what it has before it.
describeWithClients("A receipt says that a message is in context", ({ claude }) => {
  for (const connection of ["http", "shim"] as const) {
    async function agentWith(script: Script) {
      const bridge = await startBridge();
      const { home, mail } = await connectHome(claude, bridge, connection, { settings: deaf });
      const model = await startMessagesApi(script);
      const session = home.session(model.url);
      session.say("hello");
      return { mail, model, session, agent: connection === "http" ? "ada" : await mail.onlyAgent() };
    }
    const arrived = connection === "http" ? "stored" : "at_machine";

    it(`when all of it was in a request to the model, and not of what was cut, over ${connection}`, async () => {
      const { mail, model, session, agent } = await agentWith(
        inOrder(receive(), { text: "hello" }, receive(), { text: "read" }, receive({ max_chars: 30_000 })),
      );
      await session.turnEnd(1);
      const letters = await write(mail, agent, ["short", textOf(20_000)]);
      await mail.untilIs(letters.at(-1)?.id ?? "", arrived);
      session.say("read");
      await session.turnEnd(2);
      expect(await falseOnes(mail, model, letters, ["in_context", arrived])).toEqual([]);
      session.say("read all of it");
      await session.turnEnd(3);
      expect(await falseOnes(mail, model, letters, ["in_context", "in_context"])).toEqual([]);
    });

    it(`when the client let its model have the result, though it is a long one, over ${connection}`, async () => {
      const { mail, model, session, agent } = await agentWith(
        inOrder(receive(), { text: "hello" }, receive({ max_chars: 100_000 })),
      );
      await session.turnEnd(1);
      const letters = await write(mail, agent, [textOf(90_000)]);
      await mail.untilIs(letters[0]?.id ?? "", arrived);
      session.say("read all of it");
      await session.turnEnd(2);
      expect(await falseOnes(mail, model, letters, ["in_context"])).toEqual([]);
    });

    it(`and not when the call that waited for it was cancelled before, over ${connection}`, async () => {
      const { mail, model, session, agent } = await agentWith(inOrder(wait));
      await untilItWaits(mail, agent);
      session.interrupt();
      await session.turnEnd(1);
      await untilItDoesNotWait(mail, agent);
      const letters = await write(mail, agent, ["sent after the wait was cancelled"]);
      expect(await falseOnes(mail, model, letters, [arrived])).toEqual([]);
    });

    it(`and not when the client was killed before, over ${connection}`, async () => {
      const { mail, model, session, agent } = await agentWith(inOrder(wait));
      await untilItWaits(mail, agent);
      await session.kill();
      await untilItDoesNotWait(mail, agent);
      const letters = await write(mail, agent, ["sent after the client was killed"]);
      expect(await falseOnes(mail, model, letters, ["stored"])).toEqual([]);
    });
  }
});

interface Letter {
  readonly id: string;
  readonly content: string;
}

async function write(mail: Correspondent, agent: string, contents: readonly string[]): Promise<readonly Letter[]> {
  const letters: Letter[] = [];
  for (const content of contents) letters.push({ id: await mail.send(agent, content), content });
  return letters;
}

const claims = new Set(["in_context", "acknowledged", "answered"]);

/** Once each letter got so far: those that are said to be in context and do not stand whole in a request. */
async function falseOnes(
  mail: Correspondent,
  { turns }: MessagesApi,
  letters: readonly Letter[],
  states: readonly string[],
): Promise<readonly string[]> {
  for (const [index, { id }] of letters.entries()) await mail.untilIs(id, states[index] ?? "");
  const receipts = (await Promise.all(letters.map(({ id }) => mail.receipts(id)))).flat();
  const claimed = new Set(receipts.filter(({ state }) => claims.has(state)).map(({ message_id: id }) => id));
  const unseen = letters.filter(({ content }) => !turns.all.some(({ body }) => body.includes(content)));
  return unseen.filter(({ id }) => claimed.has(id)).map(({ id }) => id);
}

const inTime = { timeout: 30_000 };
const waiting = { reach: "wakes", way: "open-wait" };
async function untilItWaits(mail: Correspondent, agent: string): Promise<void> {
  await expect.poll(() => mail.reachOf(agent), inTime).toEqual(waiting);
}
async function untilItDoesNotWait(mail: Correspondent, agent: string): Promise<void> {
  await expect.poll(() => mail.reachOf(agent), inTime).not.toEqual(waiting);
}
