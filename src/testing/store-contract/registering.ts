import { expect, it } from "vitest";
import { maxRecordLength, maxRecords } from "../../core/limits.ts";
import { freshStore, type OpenStore } from "./fixture.ts";

const record = (id: string, body: string | undefined, version = 0) => ({ kind: "thing", id, version, body });
const revoked = { event: "token_revoke", principal: "p_1" } as const;

export function registering(open: OpenStore): void {
  const fresh = freshStore(open);

  it("is empty at first", async () => {
    expect(await fresh.here.registry.records()).toEqual([]);
  });

  it("keeps what was written, by kind and id, for both sides", async () => {
    const { here, there } = fresh;
    await here.registry.amend([record("b", "2"), record("a", "1"), { ...record("a", "3"), kind: "other" }], []);
    const kept = [
      { kind: "other", id: "a", version: 1, body: "3" },
      { kind: "thing", id: "a", version: 1, body: "1" },
      { kind: "thing", id: "b", version: 1, body: "2" },
    ];
    expect(await here.registry.records()).toEqual(kept);
    expect(await there.registry.records()).toEqual(kept);
  });

  it("changes and removes what is at the version that the change is based on", async () => {
    const { here, there } = fresh;
    await here.registry.amend([record("a", "1"), record("b", "1")], []);
    await there.registry.amend([record("a", "2", 1), record("b", undefined, 1)], []);
    expect(await here.registry.records()).toEqual([{ kind: "thing", id: "a", version: 2, body: "2" }]);
  });

  it.each([
    ["is there already", record("a", "other")],
    ["was changed meanwhile", record("a", "other", 7)],
    ["is gone", record("gone", "other", 1)],
  ])("refuses all of a change when a record %s", async (_why, stale) => {
    const { here, there } = fresh;
    await here.registry.amend([record("a", "1")], []);
    const refused = there.registry.amend([record("new", "1"), stale], [revoked]);
    await expect(refused).rejects.toMatchObject({ code: "conflict" });
    expect(await here.registry.records()).toEqual([{ kind: "thing", id: "a", version: 1, body: "1" }]);
    expect(await here.audit.rows(0, 10)).toEqual([]);
  });

  it("gives one of two that change the same record at once a conflict", async () => {
    const { here, there } = fresh;
    const both = await Promise.allSettled([
      here.registry.amend([record("a", "here")], []),
      there.registry.amend([record("a", "there")], []),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await here.registry.records()).toHaveLength(1);
  });

  it("writes the audit with the change", async () => {
    const { here, there } = fresh;
    await here.registry.amend([record("a", "1")], [revoked]);
    expect(await there.audit.rows(0, 10)).toMatchObject([{ n: 1, ...revoked }]);
  });

  it("wakes whoever watches, on both sides, until it is told not to", async () => {
    const { here, there } = fresh;
    const [hereWoken, thereWoken] = [woken(here.registry.watch), woken(there.registry.watch)];
    await here.registry.amend([record("a", "1")], []);
    await Promise.all([hereWoken.once, thereWoken.once]);
    hereWoken.unwatch();
    thereWoken.unwatch();
    const count = hereWoken.count();
    await here.registry.amend([record("b", "1")], []);
    expect(hereWoken.count()).toBe(count);
  });

  it("takes records of a bounded length", async () => {
    const { here } = fresh;
    await here.registry.amend([record("a", "x".repeat(maxRecordLength))], []);
    const longer = here.registry.amend([record("b", "x".repeat(maxRecordLength + 1))], []);
    await expect(longer).rejects.toMatchObject({ code: "too_large" });
  });

  it("has room for a bounded number of records", async () => {
    const { here } = fresh;
    const many = Array.from({ length: maxRecords }, (_, index) => record(String(index), "1"));
    await here.registry.amend(many, []);
    await expect(here.registry.amend([record("more", "1")], [])).rejects.toMatchObject({ code: "limit_reached" });
    await here.registry.amend([record("0", undefined, 1), record("more", "1")], []);
    expect(await here.registry.records()).toHaveLength(maxRecords);
  });
}

function woken(watch: (wake: () => void) => () => void) {
  let times = 0;
  let tell = () => {};
  const once = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const unwatch = watch(() => {
    times += 1;
    tell();
  });
  return { once, unwatch, count: () => times };
}
