import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bearer, tokenFor } from "../support/credentials.ts";
import { json, post, type Served, serve } from "../support/face.ts";
import { openStream } from "../support/stream.ts";

/** Administering a bridge over HTTP, and what it says to whom. */

let served: Served;
let admin: Record<string, string>;

async function start(options: Parameters<typeof serve>[0] = {}): Promise<void> {
  served = await serve(options);
  const { token } = await tokenFor(served.bridge, "boss", { kind: "person", permissions: ["read", "admin"] });
  admin = bearer(token);
}
beforeEach(() => start());
afterEach(async () => {
  await served.close();
  expect(served.errors).toEqual([]);
});

type Answer = Record<string, unknown>;
const asked = async (response: Promise<Response>) => {
  const { status, headers } = await response;
  return { status, retryAfter: headers.get("retry-after"), body: (await (await response).json()) as Answer };
};
const get = (path: string, headers = admin) => asked(fetch(`${served.url}${path}`, { headers }));
const change = (path: string, body: object, headers = admin) => asked(post(`${served.url}${path}`, body, headers));
const send = (token: string, channel = "a", content = "x") =>
  change("/api/send", { channel, sender: "worker", content }, bearer(token));

describe("credentials", () => {
  it("are made, listed, used, renewed by their holder, and revoked", async () => {
    const made = await change("/api/tokens", { name: "mac", channels: ["payments:*"], expires_in_days: 30 });
    expect(made).toMatchObject({
      status: 200,
      body: {
        token: expect.stringMatching(/^cbr_[0-9a-z]{10}_[\w-]{43}[0-9a-f]{8}$/),
        principal: { kind: "machine", name: "mac" },
        permissions: ["read", "write", "claim"],
        channels: ["payments:*"],
        secrets: 1,
      },
    });
    const { token, id } = made.body as { token: string; id: string };
    expect((await get("/api/whoami", bearer(token))).body).toMatchObject({
      principal: { name: "mac", verified: true },
      credential: id,
      permissions: ["read", "write", "claim"],
      channels: ["payments:*"],
      asks_for_credential: true,
    });
    const renewed = await change("/api/tokens/rotate", { id, grace_seconds: 0 }, bearer(token));
    const { token: newer } = renewed.body as { token: string };
    expect((await get("/api/whoami", bearer(token))).status).toBe(401);
    expect((await get("/api/whoami", bearer(newer))).status).toBe(200);
    expect((await change("/api/tokens/revoke", { id }, bearer(newer))).body).toMatchObject({ id, secrets: 0 });
    expect((await get("/api/whoami", bearer(newer))).status).toBe(401);
    const listed = await get("/api/tokens");
    expect(listed.body).toMatchObject({
      tokens: expect.arrayContaining([expect.objectContaining({ id, secrets: 0 })]),
    });
    expect(JSON.stringify(listed.body)).not.toMatch(/cbr_|hash/);
  });

  it("of others are nobody's to renew or revoke but an administrator's", async () => {
    const [mac, win] = [await tokenFor(served.bridge, "mac"), await tokenFor(served.bridge, "win")];
    for (const path of ["/api/tokens/rotate", "/api/tokens/revoke"]) {
      expect(await change(path, { id: win.row.id }, bearer(mac.token))).toMatchObject({
        status: 403,
        body: { code: "forbidden" },
      });
    }
    expect((await get("/api/whoami", bearer(win.token))).status).toBe(200);
  });

  it.each([
    [{}, 400, "name"],
    [{ name: "Not A Name" }, 400, "name"],
    [{ name: "mac/worker" }, 400, "name"],
    [{ name: "boss" }, 409, "name"],
    [{ name: "shared" }, 409, "name"],
    [{ name: "mac", principal: "boss" }, 400, "name"],
    [{ principal: "nobody-here" }, 404, "principal"],
    [{ name: "mac", permissions: [] }, 400, "permissions"],
    [{ name: "mac", permissions: ["root"] }, 400, "permissions.0"],
    [{ name: "mac", channels: [] }, 400, "channels"],
    [{ name: "mac", expires_in_days: 0 }, 400, "expires_in_days"],
  ])("are not made of %j", async (body, status, field) => {
    expect(await change("/api/tokens", body)).toMatchObject({ status, body: { field } });
  });

  it("that are wrong are counted by address, and a right one is let in all the same", async () => {
    const { token } = await tokenFor(served.bridge, "mac");
    const answers = [];
    for (let number = 0; number < 12; number += 1) answers.push(await get("/api/state", bearer(`wrong ${number}`)));
    expect(answers[0]).toMatchObject({ status: 401, body: { error: "unauthorized" } });
    expect(answers[11]).toMatchObject({ status: 429, retryAfter: "10", body: { code: "limit_reached" } });
    expect((await get("/api/state", bearer(token))).status).toBe(200);
    const { body } = await get("/api/audit");
    const events = body["events"] as readonly { event: string; detail: string }[];
    expect(events.filter(({ event }) => event === "credential_refused")).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain("wrong 3");
  });
});

describe("principals", () => {
  it("are listed with their last use, renamed, and revoked with all that they have", async () => {
    const { token, row } = await tokenFor(served.bridge, "mac");
    await send(token);
    expect((await change("/api/principals/rename", { id: "mac", name: "mini" })).body).toMatchObject({
      id: row.principal.id,
      name: "mini",
      credentials: 1,
      last_address: "127.0.0.1",
    });
    await send(token);
    const { body } = await get("/api/messages?channel=a");
    expect(body).toMatchObject({
      messages: [
        { sender: "mac/worker", provenance: { principal: row.principal.id } },
        { sender: "mini/worker", provenance: { principal: row.principal.id } },
      ],
    });
    await change("/api/principals/revoke", { id: row.principal.id });
    expect((await send(token)).status).toBe(401);
    expect((await get("/api/principals")).body).toMatchObject({
      principals: expect.arrayContaining([expect.objectContaining({ name: "mini", credentials: 0 })]),
    });
  });
});

describe("limits of one principal", () => {
  it("are messages a minute", async () => {
    await served.close();
    await start({ caps: { maxMessagesPerMinute: 1 } });
    const { token } = await tokenFor(served.bridge, "mac");
    expect((await send(token)).status).toBe(200);
    const refused = await send(token);
    expect(refused).toMatchObject({ status: 429, body: { code: "limit_reached" } });
    expect(Number(refused.retryAfter)).toBeGreaterThan(1);
    const { token: other } = await tokenFor(served.bridge, "win");
    expect((await send(other)).status).toBe(200);
  });

  it("are streams and waits, and administrators see who has them", async () => {
    await served.close();
    await start({ caps: { maxStreamsPerPrincipal: 1, maxWaitsPerPrincipal: 1 } });
    const { token, row } = await tokenFor(served.bridge, "mac");
    await send(token);
    const stream = await openStream(`${served.url}/events/channel/a`, bearer(token));
    expect(await get("/events/channel/a", bearer(token))).toMatchObject({
      status: 503,
      body: { code: "streams_full" },
    });
    const forever = "/api/wait?channel=a&since_id=beginning-of-nothing&timeout_seconds=55";
    expect((await get(forever, bearer(token))).status).toBe(200);
    const { body } = await get("/api/state");
    expect(body).toMatchObject({
      audit_enabled: false,
      principals: expect.arrayContaining([
        { id: row.principal.id, name: "mac", messages_last_minute: 1, bytes_last_minute: 1, streams: 1, waits: 0 },
      ]),
    });
    expect((await get("/api/state", bearer(token))).body["principals"]).toBeUndefined();
    stream.close();
    const others = await tokenFor(served.bridge, "win");
    const second = await openStream(`${served.url}/events/channel/a`, bearer(others.token));
    expect(second.response.status).toBe(200);
    second.close();
  });
});

describe("a freeze", () => {
  it("refuses what is sent and cleared, with who and why, until it is taken back", async () => {
    const { token } = await tokenFor(served.bridge, "mac", { permissions: ["read", "write", "clear"] });
    await send(token);
    const cleared = await change("/api/clear", { channel: "a" }, bearer(token));
    await send(token);
    await change("/api/freezes", { channel: "a", reason: "under inspection" });
    const words = "channel 'a' is frozen by boss: under inspection";
    expect(await send(token)).toMatchObject({ status: 423, body: { code: "frozen", error: words } });
    expect((await change("/api/clear", { channel: "a" }, bearer(token))).status).toBe(423);
    expect((await change("/api/undo", { id: cleared.body["id"] }, bearer(token))).status).toBe(423);
    expect((await get("/api/messages?channel=a", bearer(token))).body).toMatchObject({ messages: [{}] });
    expect((await get("/api/freezes")).body).toMatchObject({ freezes: [{ target: "channel", shown: "a" }] });
    await change("/api/freezes/remove", { channel: "a" });
    expect((await send(token)).status).toBe(200);
    await change("/api/freezes", { principal: "mac/worker", reason: "loops" });
    expect((await send(token)).status).toBe(423);
    expect((await change("/api/freezes/remove", { principal: "mac" })).status).toBe(404);
    expect((await change("/api/freezes", { reason: "of nothing" })).status).toBe(400);
  });
});

describe("rules", () => {
  it("are set, listed, asked and removed", async () => {
    const { token } = await tokenFor(served.bridge, "mac");
    const set = await change("/api/rules", { subject: "mac", permissions: ["read"], channels: ["a"] });
    await change("/api/rules/policy", { default: "deny" });
    expect((await get("/api/rules")).body).toMatchObject({
      default: "deny",
      rules: [{ name: "mac", channels: ["a"] }],
    });
    expect(await send(token)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await get("/api/whoami", bearer(token))).body).toMatchObject({ permissions: ["read"] });
    expect((await get("/api/messages?channel=b", bearer(token))).status).toBe(403);
    await change("/api/rules/remove", { id: set.body["id"] });
    expect((await get("/api/messages?channel=a", bearer(token))).status).toBe(403);
    expect((await change("/api/rules", { subject: "mac", permissions: ["admin"], channels: ["a"] })).status).toBe(400);
  });
});

describe("the audit", () => {
  it("is read from its end or from a row on, with the fields of the original", async () => {
    const { token, row } = await tokenFor(served.bridge, "mac");
    await change("/api/tokens/revoke", { id: row.id });
    const { body } = await get("/api/audit?limit=1");
    expect(body).toMatchObject({
      enabled: true,
      audits_messages: false,
      events: [
        {
          id: 3,
          n: 3,
          timestamp: expect.stringMatching(/Z$/),
          event: "token_revoke",
          channel: null,
          detail: `credential ${row.id}`,
          ip: "127.0.0.1",
          credential: expect.any(String),
        },
      ],
    });
    expect((await get("/api/audit?after=1&limit=1")).body).toMatchObject({ events: [{ n: 2, event: "token_create" }] });
    expect((await get("/api/audit/verify")).body).toMatchObject({ whole: true, rows: 3, last: 3 });
    expect(JSON.stringify(body)).not.toContain(token);
  });

  it("has what somebody had no right to, once for many times", async () => {
    const { token, row } = await tokenFor(served.bridge, "mac", { channels: ["a"] });
    for (let number = 0; number < 5; number += 1) await send(token, "b");
    await fetch(`${served.url}/events/channel/b`, { headers: { ...json, ...bearer(token) } });
    const { body } = await get("/api/audit");
    const refused = (body["events"] as readonly { event: string }[]).filter(({ event }) => event === "policy_refused");
    expect(refused).toMatchObject([
      { principal: row.principal.id, detail: "forbidden: mac has no right to write in 'b'", ip: "127.0.0.1" },
    ]);
  });

  it("has each message when it is told to, by its hash", async () => {
    await served.close();
    await start({ access: { auditsMessages: true } });
    const { token } = await tokenFor(served.bridge, "mac");
    await send(token, "a", "my secret plan");
    const { body } = await get("/api/audit?limit=1");
    expect(body).toMatchObject({ audits_messages: true, events: [{ event: "send", channel: "a", seq: 1 }] });
    expect(JSON.stringify(body)).not.toContain("plan");
    expect((await get("/api/state")).body).toMatchObject({ audit_enabled: true });
  });
});
