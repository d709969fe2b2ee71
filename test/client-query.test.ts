import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, matches, parseQuery } from "../src/client/index.ts";
import { systemClock } from "../src/core/clock.ts";
import { quickly } from "./support/client.ts";
import { type Served, serve } from "./support/face.ts";

/** What the client finds by itself, held against what the bridge finds. */

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

/** Each tells some messages of the conversation from others, or there would be nothing to agree on. */
const queries = [
  "tests",
  "test*",
  '"run the"',
  "-tests",
  "from:mac",
  "from:win",
  "to:win",
  "to:pi",
  "in:demo:a",
  "in:demo:*",
  "type:task",
  "type:task type:result -from:pi",
  "thread:t-1",
  'thread:"T 2"',
  "has:artifact",
  "is:question",
  "is:unanswered",
  "is:unread",
  "東京",
];
const findAllOrNothing = ["", "is:held", "after:1h", "before:1h"];

async function converse(): Promise<void> {
  const { url } = served;
  const [mac, win, pi] = ["mac", "win/worker", "pi"].map((sender) =>
    connect({ url, sender, agent: sender, ...quickly }),
  );
  if (mac === undefined || win === undefined || pi === undefined) return;
  await win.announce({});
  await pi.announce({});
  await mac.send({ channel: "demo:a", content: "Run the tests", type: "task", to: "win/worker", threadId: "t-1" });
  const question = await mac.ask({ to: "pi", content: "Which test?", channel: "demo:b", waitSeconds: 0 });
  await mac.ask({ to: "win/worker", content: "Ship it?", channel: "demo:b", waitSeconds: 0 });
  await pi.send({ channel: "demo:b", content: "The first", type: "result", replyTo: question.id, threadId: "T 2" });
  const envelope = {
    schema_version: 1,
    type: "result",
    content: { log: "東京 tests" },
    artifacts: [{ uri: "file:///a" }],
  };
  await win.send({ channel: "ops", content: JSON.stringify(envelope) });
}

describe("a query in the client", () => {
  it("finds in a list of everything what the bridge finds", async () => {
    await converse();
    const bridge = connect({ url: served.url, ...quickly });
    const everything = await bridge.search({ full: true, receipts: true, limit: 100 });
    expect(everything.messages.length).toBeGreaterThanOrEqual(5);
    const found: [query: string, ids: readonly string[]][] = [];
    for (const query of [...queries, ...findAllOrNothing]) {
      const { messages } = await bridge.search({ query, limit: 100 });
      found.push([query, messages.map(({ id }) => id)]);
    }
    const here = found.map(([text]) => {
      const query = parseQuery(text, systemClock.now());
      const ids = everything.messages.filter((message) => matches(query, message, message.receipts));
      return [text, ids.map(({ id }) => id)];
    });
    expect(here).toEqual(found);
    const all = everything.messages.length;
    for (const [query, ids] of found.slice(0, queries.length))
      expect([query, ids.length]).toEqual([query, expect.toSatisfy((count: number) => count > 0 && count < all)]);
  });

  it("is refused in the bridge's words", async () => {
    const bridge = connect({ url: served.url, ...quickly });
    for (const query of ["nope:x", "is:late", "!!!", "a ".repeat(33)]) {
      const told = await bridge.search({ query }).catch((error: unknown) => error);
      expect(told).toMatchObject({ code: "invalid_input", field: "q" });
      const { message } = told as Error;
      expect(() => parseQuery(query, 0)).toThrow(
        expect.objectContaining({ code: "invalid_input", field: "q", message }),
      );
    }
  });
});
