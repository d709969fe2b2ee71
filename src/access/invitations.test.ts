import { beforeEach, describe, expect, it } from "vitest";
import { maxEndedInvitations, maxInvitations, maxWrongCodes, maxWrongTries } from "../core/limits.ts";
import { createMemoryStore } from "../stores/memory.ts";
import { createFakeClock, type FakeClock } from "../testing/fake-clock.ts";
import { createInvitations, type Invitations, type Invited } from "./invitations.ts";
import { type Coming, createJoining, type Joining } from "./joining.ts";
import { createRecords, type Records } from "./records.ts";
import { createWrongCodes } from "./wrong-codes.ts";

const admin = { principal: "p_admin", address: "127.0.0.1" };
const machine: Invited = { principalKind: "machine", permissions: ["read", "write"], channels: ["*"], ttlMs: 600_000 };
const wrong = "0000-0000";

let store: ReturnType<typeof createMemoryStore>;
let clock: FakeClock;
let records: Records;
let invitations: Invitations;
let joining: Joining;

beforeEach(async () => {
  store = createMemoryStore();
  clock = createFakeClock();
  records = await createRecords(store.registry, () => undefined);
  invitations = createInvitations({ records, clock, epoch: store.epoch });
  joining = createJoining({ records, clock, invitations, wrongCodes: createWrongCodes(clock) });
});

const join = (code: string, coming: Partial<Coming> = {}) =>
  joining.join({ code, name: "mac", address: "10.0.0.1", ...coming }, ({ name }) => ({
    changes: [],
    credential: "c_1",
    result: name,
  }));

async function joinWrongly(times: number, address = "10.0.0.1"): Promise<void> {
  for (let tries = 0; tries < times; tries += 1) await join(wrong, { address }).catch(() => undefined);
}

const refused = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("a join code", () => {
  it("lets one in, under its name, and is told by the audit", async () => {
    const { code } = await invitations.create(machine, admin);
    expect(await join(code)).toBe("mac");
    expect(records.all("principal")).toMatchObject([{ name: "mac", principalKind: "machine", createdBy: "p_admin" }]);
    const [joined] = records.all("principal");
    expect(await store.audit.rows(0, 10)).toMatchObject([
      { event: "invite", principal: "p_admin" },
      { event: "join", principal: joined?.id, credential: "c_1", address: "10.0.0.1" },
    ]);
  });

  it("is nowhere to be read once it was shown", async () => {
    const { code } = await invitations.create(machine, admin);
    const kept = JSON.stringify([await store.registry.records(), await store.audit.rows(0, 10)]);
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(code.replace("-", ""));
  });

  it("works once, and says by whom it was used", async () => {
    const { code } = await invitations.create(machine, admin);
    await join(code);
    await expect(join(code, { name: "win" })).rejects.toThrow(refused("unauthorized", /was used by mac at 2026/));
  });

  it("gives one of two who come at once the way in", async () => {
    const { code } = await invitations.create(machine, admin);
    const both = await Promise.allSettled([join(code, { name: "mac" }), join(code, { name: "win" })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(records.all("principal")).toHaveLength(1);
  });

  it("gives one of two who come at once to two processes the way in", async () => {
    const others = await createRecords(store.registry, () => undefined);
    const there = createInvitations({ records: others, clock, epoch: store.epoch });
    const elsewhere = createJoining({
      records: others,
      clock,
      invitations: there,
      wrongCodes: createWrongCodes(clock),
    });
    const { code } = await invitations.create(machine, admin);
    await others.change(() => ({ changes: [], events: [], result: undefined }));
    const prove = () => ({ changes: [], credential: "c_1", result: undefined });
    const both = await Promise.allSettled([join(code), elsewhere.join({ code, name: "win" }, prove)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("says that it has expired", async () => {
    const { code } = await invitations.create(machine, admin);
    clock.advance(600_000);
    await expect(join(code)).rejects.toThrow(refused("unauthorized", /expired at 2026-01-01T00:10:00/));
  });

  it("says that it was taken back", async () => {
    const { code, invitation } = await invitations.create(machine, admin);
    await invitations.revoke(invitation.id, admin);
    await expect(join(code)).rejects.toThrow(refused("unauthorized", /was taken back/));
  });

  it("stands four wrong tries", async () => {
    const { code } = await invitations.create(machine, admin);
    await joinWrongly(maxWrongTries - 1);
    expect(await join(code)).toBe("mac");
  });

  it("is burnt by the fifth, with every other that is out, and says so", async () => {
    const codes = [await invitations.create(machine, admin), await invitations.create(machine, admin)];
    await joinWrongly(maxWrongTries);
    for (const { code } of codes) {
      await expect(join(code)).rejects.toThrow(refused("unauthorized", /worthless after 5 wrong tries/));
    }
    const events = await store.audit.rows(0, 20);
    expect(events.filter(({ detail }) => detail?.endsWith("is burnt"))).toHaveLength(2);
  });

  it("is burnt by no more guesses than that when they all come at once, from everywhere", async () => {
    const { code } = await invitations.create(machine, admin);
    const guesses = Array.from({ length: 50 }, (_, n) => join(wrong, { address: `10.0.0.${n}` }));
    expect((await Promise.allSettled(guesses)).every(({ status }) => status === "rejected")).toBe(true);
    await expect(join(code)).rejects.toThrow(refused("unauthorized", /worthless/));
    expect(invitations.list()).toMatchObject([{ wrongTries: maxWrongTries }]);
  });
});

describe("a wrong code", () => {
  it("is told only that it is wrong", async () => {
    await invitations.create(machine, admin);
    await expect(join(wrong)).rejects.toThrow(refused("unauthorized", /^there is no such join code/));
  });

  it("counts for nothing when it cannot be one", async () => {
    const { code } = await invitations.create(machine, admin);
    for (let tries = 0; tries < maxWrongCodes; tries += 1) {
      await expect(join("K7QF")).rejects.toThrow(refused("invalid_input", /8 letters and digits/));
    }
    expect(await join(code)).toBe("mac");
  });

  it("stops its address before it burns more", async () => {
    await joinWrongly(maxWrongCodes);
    const { code } = await invitations.create(machine, admin);
    await expect(join(wrong)).rejects.toThrow(refused("limit_reached", /too many wrong codes/));
    expect(invitations.list()).toMatchObject([{ wrongTries: 0 }]);
    expect(await join(code, { address: "10.0.0.2" })).toBe("mac");
  });

  it("is in the audit when an address begins with it and when it has had enough", async () => {
    await joinWrongly(maxWrongCodes + 5);
    const rows = await store.audit.rows(0, 100);
    expect(rows.map(({ event, address, detail }) => [event, address, detail])).toEqual([
      ["code_refused", "10.0.0.1", "wrong code, try 1"],
      ["code_refused", "10.0.0.1", "wrong code, try 10"],
    ]);
  });
});

describe("the name", () => {
  it("that is taken leaves the code as it is, and another is proposed", async () => {
    await join((await invitations.create(machine, admin)).code);
    const { code } = await invitations.create(machine, admin);
    await expect(join(code, { name: "MAC" })).rejects.toThrow(refused("conflict", /'MAC' is taken; 'MAC-2' is free/));
    expect(await join(code, { name: "mac-2" })).toBe("mac-2");
  });

  it("that two want at once, with a code each, goes to one of them", async () => {
    const [one, other] = [await invitations.create(machine, admin), await invitations.create(machine, admin)];
    const both = await Promise.allSettled([join(one.code), join(other.code)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it.each([undefined, "", "a/b", "you", "-a", "ä"])("%j is asked for again, and the code stays", async (name) => {
    const { code } = await invitations.create(machine, admin);
    await expect(join(code, { name })).rejects.toMatchObject({ field: "name" });
    expect(await join(code)).toBe("mac");
  });

  it("is the inviter's to give", async () => {
    const { code } = await invitations.create({ ...machine, name: "win" }, admin);
    expect(await join(code)).toBe("win");
  });
});

describe("join codes", () => {
  it("for a machine are of no use to a browser, and stay", async () => {
    const { code } = await invitations.create(machine, admin);
    await expect(join(code, { isBrowser: true })).rejects.toThrow(refused("invalid_input", /is for a machine/));
    expect(await join(code)).toBe("mac");
  });

  it("are so many at once and no more", async () => {
    for (let count = 0; count < maxInvitations; count += 1) await invitations.create(machine, admin);
    await expect(invitations.create(machine, admin)).rejects.toThrow(refused("limit_reached", /50 join codes/));
    clock.advance(600_000);
    await invitations.create(machine, admin);
  });

  it("that are over are forgotten when there are too many of them", async () => {
    for (let count = 0; count < maxEndedInvitations + 20; count += 1) {
      const { invitation } = await invitations.create(machine, admin);
      await invitations.revoke(invitation.id, admin);
    }
    expect(invitations.list().length).toBeLessThanOrEqual(maxEndedInvitations);
  });
});
