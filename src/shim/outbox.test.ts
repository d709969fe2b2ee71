import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BridgeError } from "../client/index.ts";
import { OwnWords } from "../faces/mcp/tool-host.ts";
import { maxQueued } from "./limits.ts";
import { createLink } from "./link.ts";
import { openOutboxFolder } from "./outbox-folder.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

let folder: string;
let outbox: Outbox;
let link: ReturnType<typeof createLink>;
/** What the bridge says; undefined while it is away. */
let answer: ((content: string) => unknown) | undefined;
let arrived: { readonly content: string; readonly idempotency_key: string }[];
let now: number;
let retries: (() => void)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bridge-outbox-"));
  [answer, arrived, now, retries] = [undefined, [], 1000, []];
  const clock = { now: () => now };
  const client = {
    async request({ body }: { body?: Readonly<Record<string, unknown>> }) {
      if (answer === undefined) throw new BridgeError("unreachable", "no", { retryable: true });
      const sent = body as unknown as (typeof arrived)[number];
      arrived.push(sent);
      return answer(sent.content);
    },
  };
  link = createLink("office", client, clock);
  outbox = createOutbox({
    link,
    folder: openOutboxFolder(folder, clock),
    clock,
    timer: (_ms, act) => {
      retries.push(act);
      return () => undefined;
    },
    onError: (error) => {
      throw error;
    },
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const send = (content: string) => outbox.send({ channel: "demo:a", content }, "worker", signal);
const contents = () => arrived.map(({ content }) => content);

describe("what is sent while the bridge is away", () => {
  it("is on the disk, readable by its owner only, when the call has its answer", async () => {
    expect(await send("one")).toBeInstanceOf(OwnWords);
    const [name = ""] = readdirSync(folder);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it("goes out before what is sent next, in order although the clock was set back, each with its own key", async () => {
    await send("one");
    now = 10;
    await send("two");
    answer = () => ({ stored: true });
    expect(await send("three")).toEqual({ stored: true });
    expect(contents()).toEqual(["one", "two", "three"]);
    expect(new Set(arrived.map(({ idempotency_key: key }) => key)).size).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("goes out by itself when the bridge is heard of", async () => {
    await send("one");
    answer = () => ({});
    await link.ask({ path: "/api/whoami", body: { content: "hello" } });
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    expect(contents()).toEqual(["hello", "one"]);
  });

  it("keeps the caller's key, by which a bridge knows a message whose answer was lost", async () => {
    await outbox.send({ channel: "demo:a", content: "x", idempotency_key: "mine" }, "worker", signal);
    answer = () => ({});
    await send("next");
    expect(arrived[0]).toMatchObject({ idempotency_key: "mine" });
  });

  it("waits on while the bridge is there and cannot take it", async () => {
    await send("one");
    answer = () => {
      throw new BridgeError("store_full", "no room", { retryable: true, status: 507 });
    };
    expect(await send("two")).toMatchObject({ text: expect.stringContaining("takes nothing just now") });
    answer = () => ({});
    for (const retry of retries) retry();
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    expect(contents().slice(-2)).toEqual(["one", "two"]);
  });

  it("is refused to the call that waits for it, and told to its agent where none does", async () => {
    await send("bad");
    await send("worse");
    answer = (content) => {
      if (content === "fine") return {};
      throw new BridgeError("too_large", `${content} is too large`, { status: 413 });
    };
    await expect(send("worst")).rejects.toMatchObject({ code: "too_large" });
    expect(outbox.refusals("somebody else")).toEqual([]);
    expect(outbox.refusals("worker").map((line) => /refused by bridge office: (.+)$/.exec(line)?.[1])).toEqual([
      "too_large: bad is too large",
      "too_large: worse is too large",
    ]);
    expect(outbox.refusals("worker")).toEqual([]);
    expect(readdirSync(folder).every((name) => name.endsWith(".refused"))).toBe(true);
    expect(await send("fine")).toEqual({});
  });

  it("is refused when too much waits already", async () => {
    const full = openOutboxFolder(folder, { now: () => now });
    for (let n = 0; n < maxQueued; n++) full.put({ agent: "worker", body: {}, at: "" });
    await expect(send("one more")).rejects.toThrow(/^limit_reached: .+ 1000 messages wait for it here already/);
  });
});
