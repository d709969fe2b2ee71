import { beforeEach, describe, expect, it } from "vitest";
import { longestSessionMs, maxSessionsPerPrincipal, sessionMs, sessionUseMs, signInLinkMs } from "../core/limits.ts";
import { localOperator } from "../core/principal.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { createFakeClock, type FakeClock } from "../testing/fake-clock.ts";
import { createAccess } from "./access.ts";

const by = { principal: localOperator, source: { principal: "local" } };

let store: ReturnType<typeof createMemoryStore>;
let clock: FakeClock;
let access: Awaited<ReturnType<typeof createAccess>>;
beforeEach(async () => {
  store = createMemoryStore();
  clock = createFakeClock();
  const log = { error: (details: object) => expect(details).toBeUndefined() };
  access = await createAccess({ store, clock, isOpenToNetwork: false, sharedToken: "s3cret", log });
});

async function signIn(): Promise<string> {
  const { code } = await access.sessions.signInLink(undefined, by);
  return (await access.sessions.openWith({ code }, {})).cookie;
}

const use = (cookie: string) => access.authenticate({ cookie, isLocal: true });

/** Uses the session all the time, and lets what that writes be written. */
async function useFor(cookie: string, ms: number): Promise<void> {
  const end = clock.now() + ms;
  while (clock.now() < end) {
    clock.advance(Math.min(sessionMs / 2, end - clock.now()));
    use(cookie);
    await expect.poll(() => access.sessions.of(cookie)?.expiresAt).toBeGreaterThan(clock.now());
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("a session", () => {
  it("is over when it was not used for 8 hours", async () => {
    const cookie = await signIn();
    clock.advance(sessionMs - 1);
    expect(access.sessions.of(cookie)).toBeDefined();
    clock.advance(1);
    expect(access.sessions.of(cookie)).toBeUndefined();
    expect(() => use(cookie)).toThrow("unauthorized");
  });

  it("goes on while it is used, and never for more than 7 days", async () => {
    const cookie = await signIn();
    await useFor(cookie, longestSessionMs - 1);
    expect(access.sessions.of(cookie)).toBeDefined();
    clock.advance(1);
    expect(access.sessions.of(cookie)).toBeUndefined();
  });

  it("is written down once in a while, however often it is used", async () => {
    const cookie = await signIn();
    const version = async () => (await store.registry.records()).find(({ kind }) => kind === "session")?.version;
    clock.advance(sessionUseMs - 1);
    for (let uses = 0; uses < 100; uses += 1) use(cookie);
    expect(await version()).toBe(1);
    clock.advance(1);
    for (let uses = 0; uses < 100; uses += 1) use(cookie);
    await expect.poll(version).toBe(2);
  });

  it("is kept as a hash that is of no use without the cookie", async () => {
    const cookie = await signIn();
    const kept = JSON.stringify([await store.registry.records(), await store.audit.rows(0, 10)]);
    expect(kept).not.toContain(cookie.split(".")[1]);
  });

  it.each([
    ["of another id", (cookie: string) => `0000000000${cookie.slice(10)}`],
    ["with another secret", (cookie: string) => `${cookie.slice(0, -4)}AAAA`],
    ["without a secret", (cookie: string) => cookie.slice(0, 10)],
    ["that is empty", () => ""],
  ])("is not opened by a cookie %s", async (_what, forge) => {
    expect(access.sessions.of(forge(await signIn()))).toBeUndefined();
  });

  it("ends with the credential that opened it", async () => {
    const wanted = { whose: { name: "mac", kind: "machine" }, permissions: ["read"], channels: ["a"] } as const;
    const { token, row } = await access.tokens.create(wanted, by.source);
    const principal = access.authenticate({ bearer: token, isLocal: true });
    const { cookie } = await access.sessions.openFor(principal, {});
    expect(use(cookie)).toMatchObject({ name: "mac", grants: [[{ permissions: ["read"], channels: ["a"] }]] });
    await access.tokens.revoke(row.id, by.source);
    expect(access.sessions.of(cookie)).toBeUndefined();
  });

  it("that was used longest ago ends when its principal has too many", async () => {
    const first = await signIn();
    for (let count = 1; count < maxSessionsPerPrincipal; count += 1) {
      clock.advance(1);
      await signIn();
    }
    expect(access.sessions.of(first)).toBeDefined();
    await signIn();
    expect(access.sessions.of(first)).toBeUndefined();
    expect(access.sessions.list()).toHaveLength(maxSessionsPerPrincipal);
  });
});

describe("a sign-in link", () => {
  it("works for two minutes", async () => {
    const { code } = await access.sessions.signInLink(undefined, by);
    clock.advance(signInLinkMs);
    await expect(access.sessions.openWith({ code }, {})).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("opens one session when two come with it at once", async () => {
    const { code } = await access.sessions.signInLink(undefined, by);
    const both = await Promise.allSettled([1, 2].map(() => access.sessions.openWith({ code }, {})));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("makes no more of a person than they were given", async () => {
    const wanted = {
      principalKind: "person",
      name: "anna",
      permissions: ["read"],
      channels: ["a"],
      ttlMs: 60_000,
    } as const;
    const { code: invitation } = await access.pairing.invite(wanted, by.source);
    await access.sessions.openWith({ code: invitation }, {});
    const { code } = await access.sessions.signInLink("anna", by);
    const { principal } = await access.sessions.openWith({ code }, {});
    expect(principal).toMatchObject({ name: "anna", grants: [[{ permissions: ["read"], channels: ["a"] }]] });
  });

  it("is for nobody that is not there", async () => {
    await expect(access.sessions.signInLink("bert", by)).rejects.toMatchObject({ code: "not_found" });
  });
});
