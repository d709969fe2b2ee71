import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxWakeRules } from "../src/core/limits.ts";
import { bearer, tokenFor } from "./support/credentials.ts";
import { json, post, type Served, serve } from "./support/face.ts";

/** What an operator says of what is worth a turn, over the HTTP API. */

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

type Answer = Record<string, unknown> & { readonly status: number };

async function ask(agent: string, path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await post(`${served.url}${path}`, body, { "claude-bridge-agent": agent, ...headers });
  return { ...((await response.json()) as object), status: response.status };
}

const send = (agent: string, content: string, more: object = {}) =>
  ask(agent, "/api/send", { channel: "payments:events", content, ...more });

const rule = (agent: string, channel: string, wake: string) =>
  ask("operator", "/api/wake-rules", { agent, channel, wake });

async function rules(headers: Record<string, string> = {}) {
  const response = await fetch(`${served.url}/api/wake-rules`, { headers });
  return ((await response.json()) as { rules: { id: string; agent: string; channel: string; wake: string }[] }).rules;
}

async function mail(agent: string) {
  const { messages } = await ask(agent, "/api/inbox", {});
  return (messages as { content: string; why: string; quiet?: boolean }[]).map(({ why, quiet = false }) => [
    why,
    quiet,
  ]);
}

const read = (agent: string, channel: string) =>
  fetch(`${served.url}/api/messages?channel=${channel}`, { headers: { ...json, "claude-bridge-agent": agent } });

describe("a rule that says never", () => {
  it("leaves a message in the inbox, and wakes nobody for it", async () => {
    await rule("win/worker", "payments:*", "never");
    const waiting = ask("win/worker", "/api/inbox", { wait_seconds: 20 });
    expect(await send("mac/a", "in your own time", { to: "win/worker" })).toMatchObject({
      next: "win/worker finds it when it looks: a rule keeps it from being woken.",
    });
    await send("mac/a", "now", { to: "win/worker", channel: "general:sync" });
    const { messages } = await waiting;
    expect(messages).toMatchObject([{ quiet: true }, { why: "addressed" }]);
    expect((messages as object[])[1]).not.toHaveProperty("quiet");
  });

  it("ends a wait of an agent with what is quiet only when its time is over", async () => {
    await rule("win/worker", "*", "never");
    await send("mac/a", "one", { to: "win/worker" });
    expect(await ask("win/worker", "/api/inbox", { wait_seconds: 0.05 })).toMatchObject({
      messages: [{ quiet: true }],
    });
  });

  it("does not keep what is worth a turn behind many that are not", async () => {
    await rule("win/worker", "payments:*", "never");
    for (let index = 0; index < 5; index += 1) await send("mac/a", `quiet ${index}`, { to: "win/worker" });
    await send("mac/a", "now", { to: "win/worker", channel: "general:sync" });
    expect(await ask("win/worker", "/api/inbox", { limit: 2, wait_seconds: 20 })).toMatchObject({ unread: 6 });
  });
});

describe("a rule that says always", () => {
  it("wakes the agent that it names for whatever comes in the channel", async () => {
    await rule("win/worker", "payments:*", "always");
    await send("mac/a", "for nobody in particular");
    await send("mac/a", "elsewhere", { channel: "general:sync" });
    await send("win/worker", "my own");
    expect(await mail("win/worker")).toEqual([["follows", false]]);
  });

  it("wakes, of those who fit a pattern, those who read the channel", async () => {
    await rule("*", "payments:*", "always");
    await read("win/worker", "payments:events");
    await read("pi/other", "general:sync");
    await send("mac/a", "for nobody in particular");
    expect(await mail("win/worker")).toEqual([["follows", false]]);
    expect(await mail("pi/other")).toEqual([]);
  });

  it("lets the same be said again: who follows a channel is no reason to keep it from the others", async () => {
    await rule("win/worker", "payments:*", "always");
    const beat = "still alive, and nothing to say beside that";
    expect((await send("mac/a", beat))["id"]).not.toBe((await send("mac/a", beat))["id"]);
  });

  it("wakes nobody for what only tells how far something got", async () => {
    await rule("win/worker", "payments:*", "always");
    await send("mac/a", "half of it is done", { type: "progress" });
    expect(await mail("win/worker")).toEqual([]);
  });
});

describe("of several rules", () => {
  it("the one that says more of the agent counts, and then the one that says more of the channel", async () => {
    await rule("*", "payments:events", "never");
    await rule("win/*", "*", "always");
    await rule("win/worker", "payments:*", "never");
    await rule("win/worker", "payments:events", "addressed");
    expect((await rules()).map(({ agent, channel }) => `${agent} ${channel}`)).toEqual([
      "win/worker payments:events",
      "win/worker payments:*",
      "win/* *",
      "* payments:events",
    ]);
    await send("mac/a", "to you", { to: "win/worker" });
    await send("mac/a", "also to you", { to: "win/worker", channel: "payments:other" });
    await send("mac/a", "to another", { to: "pi/other" });
    expect(await mail("win/worker")).toEqual([
      ["addressed", false],
      ["addressed", true],
    ]);
    expect(await mail("pi/other")).toEqual([["addressed", true]]);
  });

  it("a new one for the same agents and channels takes the place of the old", async () => {
    const first = await rule("win/*", "payments:*", "never");
    const second = await rule("win/*", "payments:*", "always");
    expect(second["id"]).toBe(first["id"]);
    expect(await rules()).toMatchObject([{ wake: "always" }]);
    await ask("operator", "/api/wake-rules/remove", { id: first["id"] });
    expect(await rules()).toEqual([]);
    expect(await ask("operator", "/api/wake-rules/remove", { id: first["id"] })).toMatchObject({ status: 404 });
  });

  it("there are at most so many, because every message is compared with them", async () => {
    for (let index = 0; index < maxWakeRules; index += 1) {
      await served.bridge.access.wakeRules.set(
        { agent: `m${index}/*`, channel: "*", wake: "never" },
        { principal: "local" },
      );
    }
    expect(await rule("one/more", "*", "never")).toMatchObject({ code: "limit_reached" });
    expect(await rule("m1/*", "*", "always")).toMatchObject({ status: 200 });
  });
});

describe("rules", () => {
  it("are changed by whoever administers, read by whoever reads, and written into the audit", async () => {
    const { token } = await tokenFor(served.bridge, "win", { channels: ["payments:*"] });
    const admin = await tokenFor(served.bridge, "ada", { kind: "person", permissions: ["read", "admin"] });
    const set = { agent: "win/*", channel: "secret:plans", wake: "never" };
    expect(await ask("a", "/api/wake-rules", set, bearer(token))).toMatchObject({ status: 403 });
    expect(await ask("a", "/api/wake-rules", set, bearer(admin.token))).toMatchObject({ status: 200 });
    await ask("a", "/api/wake-rules", { ...set, channel: "payments:*" }, bearer(admin.token));
    expect(await rules(bearer(token))).toMatchObject([{ channel: "payments:*" }]);
    const audit = await fetch(`${served.url}/api/audit`, { headers: bearer(admin.token) });
    expect(await audit.json()).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({ event: "wake_rule_set", detail: "win/* in secret:plans: never" }),
      ]),
    });
  });
});
