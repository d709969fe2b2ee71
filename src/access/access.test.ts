import { beforeEach, describe, expect, it } from "vitest";
import type { Access } from "../core/access.ts";
import { useNoteMs } from "../core/limits.ts";
import type { ChannelName } from "../core/message.ts";
import type { Principal } from "../core/principal.ts";
import { may } from "../core/principal.ts";
import type { Store } from "../core/store.ts";
import type { Issued, NewToken } from "../core/tokens.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { createFakeClock, type FakeClock } from "../testing/fake-clock.ts";
import { type AccessOptions, createAccess } from "./access.ts";

const source = { principal: "local", address: "10.0.0.9" };
const a = "a" as ChannelName;
const dayMs = 86_400_000;

let clock: FakeClock;
let store: Store;
let access: Access;
const open = (more: Partial<AccessOptions> = {}) =>
  createAccess({ store, clock, isOpenToNetwork: false, log: console, ...more });
const create = (name: string, more: Partial<NewToken> = {}): Promise<Issued> => {
  const granted = { permissions: ["read", "write"] as const, channels: ["*"] };
  return access.tokens.create({ whose: { name, kind: "machine" }, ...granted, ...more }, source);
};
const show = (bearer: string, address = "10.0.0.1"): Principal =>
  access.authenticate({ bearer, address, isLocal: false });

beforeEach(async () => {
  clock = createFakeClock();
  store = createMemoryStore({ clock });
  access = await open();
});

describe("who a request is from", () => {
  const local = { address: "127.0.0.1", isLocal: true };

  it("is the operator on a bridge that knows nobody, and nobody from elsewhere", async () => {
    expect(access.authenticate(local)).toMatchObject({ kind: "local", name: "local" });
    expect(() => access.authenticate({ isLocal: false })).toThrow(expect.objectContaining({ code: "forbidden" }));
    const toNetwork = await open({ isOpenToNetwork: true });
    const stranger = toNetwork.authenticate({ isLocal: false });
    expect([may(stranger, "write"), may(stranger, "admin")]).toEqual([true, false]);
  });

  it("is asked as soon as a credential was ever made, also when it is revoked", async () => {
    const { row } = await create("mac");
    await access.tokens.revoke(row.id, source);
    expect(access.asksForCredential()).toBe(true);
    expect(() => access.authenticate(local)).toThrow(expect.objectContaining({ code: "unauthorized" }));
  });

  it("is never guessed from a credential that is wrong, also where none is asked for", async () => {
    const toNetwork = await open({ isOpenToNetwork: true });
    for (const bearer of ["", "wrong", "cbr_0123456789_x"]) {
      expect(() => toNetwork.authenticate({ ...local, bearer })).toThrow(
        expect.objectContaining({ code: "unauthorized" }),
      );
    }
  });

  it("is the operator for the token of this start, and the holder for the shared one", async () => {
    const both = await open({ sharedToken: "shared", operatorToken: "of this start" });
    expect(both.authenticate({ bearer: "shared", isLocal: false })).toMatchObject({ kind: "shared" });
    expect(both.authenticate({ bearer: "of this start", isLocal: false })).toMatchObject({ name: "operator" });
    expect(() => both.authenticate(local)).toThrow(expect.objectContaining({ code: "unauthorized" }));
  });

  it("is the same object as long as nothing of it changes", async () => {
    const { token } = await create("mac");
    const first = show(token);
    await create("win");
    expect(show(token)).toBe(first);
    await access.directory.rename("mac", "mac2", source);
    expect(access.isCurrent(first)).toBe(false);
    expect(show(token)).toMatchObject({ id: first.id, name: "mac2" });
  });

  it("lets a right credential in from an address that has given too many wrong ones", async () => {
    const { token } = await create("mac");
    const tries = Array.from({ length: 11 }, () => {
      try {
        return show("wrong").id;
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(tries.at(-1)).toBe("limit_reached");
    expect(show(token).name).toBe("mac");
  });
});

describe("a credential", () => {
  it("is kept by its hash only", async () => {
    const { token } = await create("mac");
    const kept = JSON.stringify([await store.registry.records(), await store.audit.rows(0, 10)]);
    expect(kept).not.toContain(token.slice(15, 58));
  });

  it("has two secrets while it is rotated, and the older one ends in time", async () => {
    const { token: first, row } = await create("mac");
    const { token: second, until } = await access.tokens.rotate(row.id, dayMs, source);
    expect(until).toBe(clock.now() + dayMs);
    expect([show(first).name, show(second).name]).toEqual(["mac", "mac"]);
    expect(access.tokens.list()).toMatchObject([{ secrets: 2 }]);
    const { token: third } = await access.tokens.rotate(row.id, dayMs, source);
    expect(() => show(first)).toThrow("unauthorized");
    expect([show(second).name, show(third).name]).toEqual(["mac", "mac"]);
    clock.advance(dayMs);
    expect(() => show(second)).toThrow("unauthorized");
    expect(show(third).name).toBe("mac");
  });

  it("that is rotated without grace has one secret at once", async () => {
    const { token, row } = await create("mac");
    const before = show(token);
    const { token: newer } = await access.tokens.rotate(row.id, 0, source);
    expect(() => show(token)).toThrow("unauthorized");
    expect(access.isCurrent(before)).toBe(false);
    expect(show(newer).id).toBe(before.id);
  });

  it("expires, and its holder is told so", async () => {
    const { token } = await create("guest", { lifetimeMs: 1000 });
    const guest = show(token);
    clock.advance(1000);
    expect(access.isCurrent(guest)).toBe(false);
    expect(() => show(token)).toThrow("has expired, or was revoked");
    expect(access.tokens.list()).toMatchObject([{ secrets: 0 }]);
  });

  it("says when it was last used and from where, and is written down once a minute at most", async () => {
    const { token, row } = await create("mac");
    const uses = async () => (await store.registry.records()).filter(({ kind }) => kind === "use");
    show(token, "10.0.0.1");
    const principal = show(token, "10.0.0.2");
    expect(access.tokens.list()).toMatchObject([{ lastUsedAt: clock.now(), lastAddress: "10.0.0.2" }]);
    await access.close();
    expect(await uses()).toMatchObject([{ id: row.id, version: 1 }]);
    access = await open();
    expect(access.tokens.list()).toMatchObject([{ lastAddress: "10.0.0.2" }]);
    clock.advance(useNoteMs - 1);
    show(token);
    await access.close();
    expect(await uses()).toMatchObject([{ version: 1 }]);
    expect(principal.name).toBe("mac");
  });

  it("may be one of several of somebody; two cannot have one name, also when they ask at once", async () => {
    await create("mac");
    const { row } = await create("", { whose: { principal: "mac" } });
    expect(row.principal.name).toBe("mac");
    const both = await Promise.allSettled([create("win"), create("win")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const known = access.directory.list().map(({ name, credentials }) => `${name} ${credentials}`);
    expect(known.toSorted()).toEqual(["mac 2", "win 1"]);
  });

  it("is not made for somebody who was revoked; the name is free again", async () => {
    const { row } = await create("mac");
    await access.directory.revoke("mac", source);
    await expect(create("", { whose: { principal: row.principal.id } })).rejects.toMatchObject({ code: "conflict" });
    expect((await create("mac")).row.principal.id).not.toBe(row.principal.id);
  });
});

describe("rules", () => {
  it("are not asked while the default is open", async () => {
    const { token } = await create("mac");
    await access.rules.set({ subject: "mac", permissions: ["read"], channels: ["b"] }, source);
    expect(may(show(token), "write", a)).toBe(true);
  });

  it("leave of a credential's rights what one of them allows, and never give more", async () => {
    const { token } = await create("mac", { permissions: ["read", "admin"] });
    await access.rules.setMode("deny", source);
    expect([may(show(token), "read", a), may(show(token), "admin")]).toEqual([false, true]);
    await access.rules.set({ subject: "mac", permissions: ["read", "write"], channels: ["a*"] }, source);
    expect([may(show(token), "read", a), may(show(token), "write", a)]).toEqual([true, false]);
    const [rule] = access.rules.list();
    await access.rules.set({ subject: "mac", permissions: ["write"], channels: ["a*"] }, source);
    expect(access.rules.list()).toMatchObject([{ id: rule?.id, permissions: ["write"], name: "mac" }]);
  });

  it("are asked of whoever has the shared token too, and not of the operator", async () => {
    const shared = await open({ sharedToken: "shared", operatorToken: "of this start" });
    const holder = () => shared.authenticate({ bearer: "shared", isLocal: false });
    const before = holder();
    await shared.rules.setMode("deny", source);
    expect([may(holder(), "read", a), shared.isCurrent(before)]).toEqual([false, false]);
    await shared.rules.set({ subject: "shared", permissions: ["read"], channels: ["*"] }, source);
    expect(may(holder(), "read", a)).toBe(true);
    expect(may(shared.authenticate({ bearer: "of this start", isLocal: false }), "write", a)).toBe(true);
  });
});

describe("a freeze", () => {
  const draft = (sender: string, channel = a) => ({ channel, sender, content: "x" });

  it("of a channel or pattern says who did it and why", async () => {
    const { token, row } = await create("mac");
    await access.freezes.freeze({ channel: "a*" }, "an incident", { principal: row.principal.id });
    const refusal = access.refuse(show(token), draft("mac"));
    expect(refusal).toMatchObject({ code: "frozen", message: "channel 'a' is frozen by mac: an incident" });
    expect(access.refuseFrozen(show(token), a)).toMatchObject({ code: "frozen" });
    expect(access.refuse(show(token), draft("mac", "b" as ChannelName))).toBeUndefined();
    await access.freezes.unfreeze({ channel: "a*" }, source);
    expect(access.refuse(show(token), draft("mac"))).toBeUndefined();
  });

  it("of a machine's agent leaves its other agents alone, and holds under another name", async () => {
    const { token } = await create("mac");
    await access.freezes.freeze({ principal: "mac/worker" }, "loops", source);
    expect(access.refuse(show(token), draft("mac/worker"))).toMatchObject({ code: "frozen" });
    expect(access.refuse(show(token), draft("mac/reviewer"))).toBeUndefined();
    await access.directory.rename("mac", "mini", source);
    expect(access.refuse(show(token), draft("mini/worker"))).toMatchObject({
      message: expect.stringContaining("mini/worker"),
    });
  });
});

it("writes every change into the audit, with who made it", async () => {
  const { row } = await create("mac");
  await access.tokens.rotate(row.id, 0, source);
  await access.directory.rename("mac", "mini", source);
  await access.rules.set({ subject: "*", permissions: ["read"], channels: ["*"] }, source);
  await access.rules.setMode("deny", source);
  await access.freezes.freeze({ channel: "a" }, "r", source);
  await access.freezes.unfreeze({ channel: "a" }, source);
  await access.tokens.revoke(row.id, source);
  await access.directory.revoke("mini", source);
  const rows = await store.audit.rows(0, 100);
  expect(rows.map(({ event }) => event)).toEqual([
    "token_create",
    "token_rotate",
    "principal_rename",
    "rule_set",
    "policy_set",
    "freeze",
    "unfreeze",
    "token_revoke",
    "principal_revoke",
  ]);
  expect(new Set(rows.map(({ principal, address }) => `${principal} ${address}`))).toEqual(new Set(["local 10.0.0.9"]));
});
