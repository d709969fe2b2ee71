import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { type AuditEvent, auditText, firstAuditHash } from "../../core/audit.ts";
import { maxAuditDetail } from "../../core/limits.ts";
import { draft, freshStore, type OpenStore, send, worker } from "./fixture.ts";

const joined = (principal: string): AuditEvent => ({ event: "join", principal });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export function auditing(open: OpenStore): void {
  const fresh = freshStore(open);

  it("chains each row to the one before it, whoever wrote that", async () => {
    const { here, there, clock } = fresh;
    await here.audit.record([{ ...joined("p_1"), address: "10.0.0.2", detail: "mac" }]);
    clock.advance(5);
    await there.audit.record([joined("p_2")]);
    const rows = await here.audit.rows(0, 10);
    expect(rows.map(({ n, principal }) => [n, principal])).toEqual([
      [1, "p_1"],
      [2, "p_2"],
    ]);
    let before = firstAuditHash;
    for (const { hash, ...row } of rows) {
      expect(hash).toBe(sha256(auditText(row, before)));
      before = hash;
    }
    expect(await there.audit.verify()).toEqual({ isWhole: true, rows: 2, last: 2, hash: before });
  });

  it("reads on from a row", async () => {
    const { here } = fresh;
    await here.audit.record(["a", "b", "c"].map(joined));
    expect((await here.audit.rows(1, 1)).map(({ principal }) => principal)).toEqual(["b"]);
    expect(await here.audit.rows(3, 10)).toEqual([]);
  });

  it("tells the newest first", async () => {
    const { here, there } = fresh;
    await here.audit.record(["a", "b", "c"].map(joined));
    expect((await there.audit.newest(2)).map(({ principal }) => principal)).toEqual(["c", "b"]);
    expect(await there.audit.newest(10)).toHaveLength(3);
  });

  it("has a message's hash and place, and not its text, when the draft asks for it", async () => {
    const { here } = fresh;
    const source = { principal: "p_1", credential: "c_1", address: "::1" };
    const [message] = await send(here, { ...draft("secret plan"), audit: source }, draft("not audited"));
    const rows = await here.audit.rows(0, 10);
    expect(rows).toMatchObject([
      { event: "send", ...source, channel: worker, seq: message?.seq, bodyHash: sha256("secret plan") },
    ]);
    expect(JSON.stringify(rows)).not.toContain("plan");
  });

  it("has a retried message once", async () => {
    const { here } = fresh;
    const one = { ...draft("one"), idempotencyKey: "k", audit: { principal: "p_1" } };
    await send(here, one);
    await send(here, one);
    expect(await here.audit.rows(0, 10)).toHaveLength(1);
  });

  it("has a clear, and who did it", async () => {
    const { here } = fresh;
    await send(here, draft("one"));
    const cleared = await here.clear(worker, { name: "mac", source: { principal: "p_1" } });
    expect(await here.audit.rows(0, 10)).toMatchObject([
      { event: "clear", principal: "p_1", channel: worker, seq: cleared?.seq },
    ]);
  });

  it("prunes the oldest, and is whole from there on", async () => {
    const { here, clock } = fresh;
    await here.audit.record(["a", "b", "c"].map(joined));
    clock.advance(10);
    await here.audit.record([joined("d")]);
    expect(await here.audit.prune(clock.now(), 2)).toBe(2);
    expect(await here.audit.prune(clock.now(), 2)).toBe(1);
    expect(await here.audit.prune(clock.now(), 2)).toBe(0);
    expect(await here.audit.rows(0, 10)).toMatchObject([{ n: 4, principal: "d" }]);
    expect(await here.audit.verify()).toMatchObject({ isWhole: true, rows: 1, last: 4 });
    await here.audit.record([joined("e")]);
    expect(await here.audit.verify()).toMatchObject({ isWhole: true, rows: 2, last: 5 });
  });

  it("keeps what is said for people short", async () => {
    const { here } = fresh;
    await here.audit.record([{ ...joined("p_1"), detail: "x".repeat(maxAuditDetail + 1) }]);
    expect((await here.audit.rows(0, 1))[0]?.detail).toHaveLength(maxAuditDetail);
    expect(await here.audit.verify()).toMatchObject({ isWhole: true });
  });
}
