import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../src/client/index.ts";
import { quickly } from "./support/client.ts";
import { type Served, serve } from "./support/face.ts";

/** What the typed client does for questions, and for the person who is asked. */

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const as = (agent: string) => connect({ url: served.url, agent, ...quickly });

describe("a question", () => {
  it("is answered while its asker waits", async () => {
    const worker = as("win/worker");
    await worker.inbox();
    const asked = as("mac/a").ask({ to: "win/worker", content: "which branch?", waitSeconds: 600 });
    const { messages } = await worker.inbox({ waitSeconds: 20 });
    const [question] = messages;
    await worker.send({ channel: question?.channel, content: "main", replyTo: question?.id });
    const { answer, channel } = await asked;
    expect(channel).toBe("@win/worker");
    expect(answer).toMatchObject({ sender: "win/worker", envelope: { content: "main", reply_to: question?.id } });
  });

  it("is asked once, and waited for no longer than somebody may answer it", async () => {
    const worker = as("win/worker");
    await worker.inbox();
    const asked = as("mac/a").ask({ to: "win/worker", content: "which branch?", waitSeconds: 600 });
    const { messages } = await worker.inbox({ waitSeconds: 20 });
    await worker.mark([{ messageId: messages[0]?.id ?? "", state: "refused", reason: "not mine" }]);
    expect((await asked).answer).toBeUndefined();
    const { messages: all } = await worker.messages({ channel: "@win/worker" });
    expect(all.filter(({ envelope }) => envelope?.type === "question")).toHaveLength(1);
  });

  it("is replaced or taken back by its asker", async () => {
    const mac = as("mac/a");
    await as("win/worker").inbox();
    const first = await mac.ask({ to: "win/worker", content: "red?" });
    const second = await mac.ask({ to: "win/worker", content: "blue?", supersedes: first.id });
    expect(await mac.receipts([first.id])).toMatchObject([{ state: "expired" }]);
    expect(await mac.cancel(second.id, "never mind")).toMatchObject([{ messageId: second.id, state: "expired" }]);
    expect((await as("win/worker").inbox()).messages).toEqual([]);
  });
});

describe("a person", () => {
  it("finds what is asked of any person, with quick answers, until somebody has answered", async () => {
    const { id } = await as("mac/a").ask({ to: "you", channel: "ops:you", content: "deploy?", options: ["yes", "no"] });
    const person = as("you");
    expect(await person.needs()).toMatchObject({
      questions: [{ id, sender: "mac/a", text: "deploy?", options: ["yes", "no"], receipt: { agent: "you" } }],
      loops: [],
    });
    await person.send({ channel: "ops:you", content: "yes", replyTo: id });
    expect((await person.needs()).questions).toEqual([]);
    expect((await as("mac/a").inbox()).messages).toMatchObject([{ why: "reply", sender: "you" }]);
  });

  it("lets go of what was held", async () => {
    expect(await as("you").release({ pair: ["mac/a", "win/b"] })).toEqual({ receipts: [], reopened: false });
  });
});
