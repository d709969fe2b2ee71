import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAccess } from "../../src/access/access.ts";
import { systemClock } from "../../src/core/clock.ts";
import type { Issued } from "../../src/core/tokens.ts";
import { operations } from "../../src/operations/index.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";
import { bearer, tokenFor } from "../support/credentials.ts";
import { post, type Served, serve } from "../support/face.ts";
import { openStream } from "../support/stream.ts";
import { enter } from "./faces.ts";

/** What a revocation ends, over real sockets. Every test waits for the end itself: one that does not come fails it. */

const source = { principal: "local" };
const everything = ["read", "write", "admin"] as const;
const forever = { channel: "a", since_id: "beginning", timeout_seconds: 55 };

let folder: string;
let served: Served;
let victim: Issued;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "claude-bridge-revocation-"));
  served = await serve({ store: await openSqliteStore({ path: join(folder, "bridge.db") }) });
  victim = await tokenFor(served.bridge, "mac");
});
afterEach(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
  expect(served.errors).toEqual([]);
});

type Revoking = readonly [how: string, revoke: () => Promise<unknown>];

/** As another process on the same file does it. */
async function elsewhere(): Promise<void> {
  const store = await openSqliteStore({ path: join(folder, "bridge.db") });
  const access = await createAccess({ store, clock: systemClock, isOpenToNetwork: false, log: console });
  await access.tokens.revoke(victim.row.id, source);
  await access.close();
  await store.close();
}

const ways: readonly Revoking[] = [
  ["by an administrator", () => served.bridge.access.tokens.revoke(victim.row.id, source)],
  ["by its holder", () => post(`${served.url}/api/tokens/revoke`, { id: victim.row.id }, bearer(victim.token))],
  ["with its principal", () => served.bridge.access.directory.revoke("mac", source)],
  ["by another process on the database", elsewhere],
];

const openWaits = async () => {
  const { token } = await tokenFor(served.bridge, `looker-${crypto.randomUUID()}`, { permissions: everything });
  return async () =>
    ((await (await fetch(`${served.url}/api/state`, { headers: bearer(token) })).json()) as { open_waits: number })
      .open_waits;
};

describe.each(ways)("a credential that is revoked %s", (_how, revoke) => {
  it("ends its event stream, with the reason", async () => {
    const stream = await openStream(`${served.url}/events/channel/a`, bearer(victim.token));
    await revoke();
    expect(await stream.take(2)).toMatchObject([
      { event: "revoked", data: { reason: expect.stringContaining("revoked") } },
    ]);
    const again = await fetch(`${served.url}/events/channel/a`, { headers: bearer(victim.token) });
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ error: expect.stringContaining("revoked") });
  });

  it("ends its wait over HTTP, with the reason", async () => {
    const isOpen = await openWaits();
    const search = new URLSearchParams(Object.entries(forever).map(([key, value]) => [key, String(value)]));
    const waiting = fetch(`${served.url}/api/wait?${search}`, { headers: bearer(victim.token) });
    await expect.poll(isOpen).toBe(1);
    await revoke();
    const response = await waiting;
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: expect.stringContaining("revoked") });
  });

  it.each(["MCP over Streamable HTTP", "MCP over HTTP+SSE"] as const)("ends its wait over %s", async (face) => {
    const isOpen = await openWaits();
    const wayIn = await enter(face, served.url, victim.token);
    const waiting = wayIn.call(operations.wait, forever).then(
      ({ code, text }) => `${code} ${text}`,
      (error: unknown) => String(error),
    );
    await expect.poll(isOpen).toBe(1);
    await revoke();
    // Over HTTP+SSE the session itself ends, and with it the way that the answer would have come.
    expect(await waiting).toMatch(/revoked|closed/i);
    await expect.poll(isOpen).toBe(0);
    await wayIn.close();
  });
});

describe("what else ends what is open", () => {
  it("is that the credential expires", async () => {
    const { token } = await tokenFor(served.bridge, "guest", { lifetimeMs: 300 });
    const stream = await openStream(`${served.url}/events/channel/a`, bearer(token));
    expect(await stream.take(2)).toMatchObject([{ event: "revoked" }]);
    const again = await fetch(`${served.url}/api/whoami`, { headers: bearer(token) });
    expect(await again.json()).toMatchObject({ error: expect.stringContaining("expired") });
  });

  it("is that the secret was rotated away, and only what that secret had opened", async () => {
    const { access } = served.bridge;
    const { token: newer } = await access.tokens.rotate(victim.row.id, 86_400_000, source);
    const before = await openStream(`${served.url}/events/channel/a`, bearer(victim.token));
    const after = await openStream(`${served.url}/events/channel/a`, bearer(newer));
    await access.tokens.rotate(victim.row.id, 86_400_000, source);
    expect(await before.take(2)).toMatchObject([{ event: "revoked" }]);
    await post(`${served.url}/api/send`, { channel: "a", sender: "x", content: "still here" }, bearer(newer));
    expect(await after.take(1)).toMatchObject([{ event: "message", data: { content: "still here" } }]);
    after.close();
  });

  it("is a rule that takes the right away", async () => {
    const { access } = served.bridge;
    const stream = await openStream(`${served.url}/events/channel/a`, bearer(victim.token));
    await access.rules.setMode("deny", source);
    expect(await stream.take(2)).toMatchObject([{ event: "revoked" }]);
    const again = await fetch(`${served.url}/events/channel/a`, { headers: bearer(victim.token) });
    expect(again.status).toBe(403);
    await access.rules.set({ subject: "*", permissions: ["read"], channels: ["a"] }, source);
    const reopened = await openStream(`${served.url}/events/channel/a`, bearer(victim.token));
    expect(reopened.response.status).toBe(200);
    reopened.close();
  });

  it("is not that somebody else's credential is revoked, or that a use is written down", async () => {
    const other = await tokenFor(served.bridge, "win");
    const stream = await openStream(`${served.url}/events/channel/a`, bearer(victim.token));
    await served.bridge.access.tokens.revoke(other.row.id, source);
    await post(`${served.url}/api/send`, { channel: "a", sender: "x", content: "on" }, bearer(victim.token));
    expect(await stream.take(1)).toMatchObject([{ event: "message" }]);
    stream.close();
  });
});
