import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryStore } from "../stores/memory.ts";
import { BridgeError } from "./errors.ts";
import { guardStore, type GuardedStore } from "./guarded-store.ts";
import { beginning, type ChannelName, type ConsumerId, isMessage } from "./message.ts";
import { noPolicy } from "./policy.ts";
import { type Grant, localOperator, type Permission, type Principal, tokenHolder } from "./principal.ts";
import { everything, only } from "./scope.ts";
import { type SharedStore, shareReads } from "./shared-reads.ts";

const [mine, theirs] = ["mine:a", "theirs:a"] as ChannelName[] as [ChannelName, ChannelName];
const reader = "reader" as ConsumerId;

const grant = (channels: string, ...granted: Permission[]): Grant => ({ permissions: granted, channels: [channels] });

function machine(name: string, ...grants: (readonly Grant[])[]): Principal {
  return { id: `p_${name}`, kind: "machine", name, credential: `c_${name}`, grants };
}

const mac = machine("mac", [grant("mine:*", "read", "write", "clear"), grant("theirs:*", "write")]);

let store: SharedStore;
const as = (principal: Principal, policy = noPolicy): GuardedStore =>
  guardStore(store, { principal, via: "mcp", address: "10.0.0.2" }, policy);
const say = (principal: Principal, sender: string, channel = mine) =>
  as(principal).append([{ channel, sender, content: "hi" }]);

async function messageOf(sending: ReturnType<typeof say>) {
  const [appended] = await sending;
  if (appended?.kind !== "appended") throw new Error("it was refused");
  return appended.message;
}

beforeEach(async () => {
  store = shareReads(createMemoryStore());
  await as(localOperator).append([
    { channel: mine, sender: "x", content: "in mine" },
    { channel: theirs, sender: "x", content: "in theirs" },
  ]);
});

describe("who a message is from", () => {
  it.each([
    ["worker", "mac/worker", undefined],
    ["mac/worker", "mac/worker", undefined],
    ["mac", "mac", undefined],
    ["win/worker", "mac", "win/worker"],
    ["the boss", "mac", "the boss"],
    ["mac/", "mac", "mac/"],
    ["mac/a/b", "mac", "mac/a/b"],
  ])("is the machine's own agent, whatever it calls itself: %s", async (given, sender, label) => {
    const { sender: shown, provenance } = await messageOf(say(mac, given));
    expect(shown).toBe(sender);
    expect(provenance).toEqual({ principal: "p_mac", kind: "machine", via: "mcp", hops: 0, label });
  });

  it("is a person by its one name", async () => {
    const ann: Principal = { ...mac, id: "p_ann", kind: "person", name: "ann" };
    expect(await messageOf(say(ann, "bob"))).toMatchObject({ sender: "ann", provenance: { label: "bob" } });
  });

  it.each([localOperator, tokenHolder])(
    "is what it calls itself, without a credential of its own: $kind",
    async (who) => {
      const { sender, provenance } = await messageOf(say(who, "mac/worker"));
      expect(sender).toBe("mac/worker");
      expect(provenance).toMatchObject({ principal: who.id, kind: who.kind });
    },
  );
});

describe("a channel without the right to it", () => {
  const forbidden = { code: "forbidden", field: "channel" };

  it("is refused where it is named", async () => {
    const guarded = as(mac);
    await expect(guarded.read(only(theirs), beginning, 10)).rejects.toMatchObject(forbidden);
    await expect(guarded.tail(only(theirs), 10)).rejects.toMatchObject(forbidden);
    await expect(guarded.remaining(only(theirs), beginning)).rejects.toMatchObject(forbidden);
    await expect(guarded.cursor(reader, theirs)).rejects.toMatchObject(forbidden);
    await expect(guarded.clear(theirs)).rejects.toMatchObject(forbidden);
    expect(() => guarded.watch(only(theirs), () => undefined)).toThrow(expect.objectContaining(forbidden));
  });

  it("is not there where it is not named", async () => {
    const guarded = as(mac);
    expect((await guarded.channels()).map(({ channel }) => channel)).toEqual([mine]);
    expect(await guarded.totals()).toEqual({ channels: 1, messages: 1 });
    const entries = await guarded.read(everything, beginning, 10);
    expect(entries.filter(isMessage).map(({ content }) => content)).toEqual(["in mine"]);
    const [hidden] = await store.tail(only(theirs), 1);
    expect(hidden && (await guarded.find(hidden.id))).toBeUndefined();
  });

  it("can be written to with no right to read it, and the other way round", async () => {
    expect(await messageOf(say(mac, "worker", theirs))).toMatchObject({ sender: "mac/worker" });
    const observer = machine("pi", [grant("*", "read")]);
    expect(await say(observer, "worker")).toMatchObject([{ kind: "refused", error: forbidden }]);
  });

  it("refuses its own drafts and takes the others, in their places", async () => {
    const content = "hi";
    const answers = await as(machine("pi", [grant("mine:*", "write")])).append([
      { channel: theirs, sender: "a", content },
      { channel: mine, sender: "b", content },
      { channel: theirs, sender: "c", content },
      { channel: mine, sender: "d", content },
    ]);
    expect(answers).toMatchObject([
      { kind: "refused", error: forbidden },
      { kind: "appended", message: { sender: "pi/b" } },
      { kind: "refused", error: forbidden },
      { kind: "appended", message: { sender: "pi/d" } },
    ]);
  });
});

describe("rules beside what a credential was given", () => {
  it("only take away", async () => {
    const ruled = machine("pi", [grant("*", "read", "write")], [grant("mine:*", "read", "clear")]);
    const guarded = as(ruled);
    expect((await guarded.channels()).map(({ channel }) => channel)).toEqual([mine]);
    expect(await say(ruled, "x")).toMatchObject([{ kind: "refused" }]);
    await expect(guarded.clear(mine)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("keys and consumers", () => {
  it("of one machine are not those of another", async () => {
    const win = machine("win", [grant("*", "read", "write")]);
    const send = (who: Principal) =>
      as(who).append([{ channel: mine, sender: "worker", content: "hi", idempotencyKey: "k" }]);
    expect(await send(mac)).toMatchObject([{ isNew: true }]);
    expect(await send(win)).toMatchObject([{ isNew: true }]);
    expect(await send(mac)).toMatchObject([{ isNew: false }]);

    const [entry] = await store.tail(only(mine), 1);
    if (entry === undefined) throw new Error("there is a message");
    await as(mac).advance(reader, entry);
    expect(await as(win).cursor(reader, mine)).toBeUndefined();
    expect(await as(localOperator).cursor(reader, mine)).toBeUndefined();
    expect(await as(mac).cursor(reader, mine)).toMatchObject({ seq: entry.seq });
  });
});

describe("the policy", () => {
  it("is asked of each draft, and its refusal is the answer", async () => {
    const error = new BridgeError("frozen", "no");
    const policy = { ...noPolicy, refuse: () => error };
    expect(await as(mac, policy).append([{ channel: mine, sender: "x", content: "hi" }])).toEqual([
      { kind: "refused", error },
    ]);
  });

  it("says whether messages are audited; clears always are", async () => {
    await as(mac, { ...noPolicy, auditsMessages: () => true }).append([{ channel: mine, sender: "x", content: "hi" }]);
    await as(mac).clear(mine);
    const source = { principal: "p_mac", credential: "c_mac", address: "10.0.0.2" };
    expect(await store.audit.rows(0, 10)).toMatchObject([
      { event: "send", ...source },
      { event: "clear", ...source },
    ]);
  });
});
