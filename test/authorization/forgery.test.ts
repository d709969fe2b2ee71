import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Issued } from "../../src/core/tokens.ts";
import { operations } from "../../src/operations/index.ts";
import { bearer, tokenFor } from "../support/credentials.ts";
import { post, type Served, serve } from "../support/face.ts";
import { enter, faceNames } from "./faces.ts";

/** What somebody with a credential of its own can make others believe: nothing. */

let served: Served;
let mac: Issued;
let win: Issued;
beforeEach(async () => {
  served = await serve();
  mac = await tokenFor(served.bridge, "mac");
  win = await tokenFor(served.bridge, "win");
});
afterEach(async () => {
  await served.close();
  expect(served.errors).toEqual([]);
});

interface Read {
  readonly id: string;
  readonly sender: string;
  readonly provenance: Record<string, unknown>;
  readonly message?: Record<string, unknown>;
}

async function messages(channel = "a"): Promise<readonly Read[]> {
  const response = await fetch(`${served.url}/api/messages?channel=${channel}&full=1`, { headers: bearer(win.token) });
  return ((await response.json()) as { messages: readonly Read[] }).messages;
}

describe.each(faceNames)("over %s", (face) => {
  it.each([
    ["win", "mac/win", undefined],
    ["win/worker", "mac", "win/worker"],
    ["mac/worker", "mac/worker", undefined],
    ["worker", "mac/worker", undefined],
    ["operator", "mac/operator", undefined],
    ["mac/../win", "mac", "mac/../win"],
    ["mac\u200B/x", "mac", "mac\u200B/x"],
    ["win \u202E", "mac", undefined],
  ])("a machine that calls itself %j is %j to others", async (sender, shown, label) => {
    const wayIn = await enter(face, served.url, mac.token);
    await wayIn.call(operations.send, { channel: "a", sender, content: "believe me" });
    await wayIn.close();
    const seen = (await messages()).map(({ sender: name, provenance }) => ({ name, provenance }));
    expect(seen.map(({ name }) => name).filter((name) => name !== shown)).toEqual([]);
    for (const { provenance } of seen) {
      expect(provenance).toMatchObject({ verified: true, principal: mac.row.principal.id, machine: "mac" });
      expect(provenance["label"] ?? label).toBe(label ?? provenance["label"]);
    }
  });

  it("an envelope says who it is for and what it is about, and not who it is from", async () => {
    const wayIn = await enter(face, served.url, mac.token);
    const message = {
      schema_version: 1,
      type: "task",
      content: "go",
      recipient: "mac",
      causation_id: "made-up",
      reply_to: "made-up",
      metadata: { sender: "win", principal: win.row.principal.id, provenance: { verified: true, kind: "person" } },
      extensions: { provenance: { via: "web", author: "human" } },
    };
    expect(await wayIn.call(operations.send, { channel: "a", sender: "win", message })).toMatchObject({ code: "ok" });
    for (const field of ["sender", "provenance", "principal", "hops"]) {
      const forged = { ...message, [field]: field === "hops" ? 0 : "win" };
      expect(await wayIn.call(operations.send, { channel: "a", sender: "x", message: forged })).toMatchObject({
        code: "invalid_input",
      });
    }
    await wayIn.close();
    expect(await messages()).toMatchObject([
      { sender: "mac/win", provenance: { principal: mac.row.principal.id, kind: "machine", author: "agent", hops: 0 } },
    ]);
  });

  it("a key that another has used is not used by it", async () => {
    const [one, other] = [await enter(face, served.url, mac.token), await enter(face, served.url, win.token)];
    const keyed = { channel: "a", sender: "worker", idempotency_key: "k" };
    await one.call(operations.send, { ...keyed, content: "of mac" });
    expect(await other.call(operations.send, { ...keyed, content: "of win" })).toMatchObject({ code: "ok" });
    const stolen = { ...keyed, idempotency_key: `${mac.row.principal.id}/k`, content: "stolen" };
    expect(await other.call(operations.send, stolen)).toMatchObject({ code: "ok" });
    expect((await messages()).map(({ sender }) => sender)).toEqual(["mac/worker", "win/worker", "win/worker"]);
    await Promise.all([one.close(), other.close()]);
  });

  it("a place that another has acknowledged is not moved by it, nor told to it", async () => {
    const [one, other] = [await enter(face, served.url, mac.token), await enter(face, served.url, win.token)];
    await one.call(operations.send, { channel: "a", sender: "x", content: "one" });
    await one.call(operations.send, { channel: "a", sender: "x", content: "two" });
    const [first, second] = await messages();
    const ack = { channel: "a", consumer_id: "worker", message_id: first?.id };
    await one.call(operations.ack, ack);
    for (const consumer_id of ["worker", `${mac.row.principal.id}/worker`]) {
      await other.call(operations.ack, { ...ack, consumer_id, message_id: second?.id });
    }
    const left = await one.call(operations.receive, { channel: "a", consumer_id: "worker" });
    expect(left.text).toContain("two");
    expect(left.text).not.toContain("one\n");
    await Promise.all([one.close(), other.close()]);
  });
});

describe("headers", () => {
  it.each<Record<string, string>>([
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-user": "win" },
    { "x-real-ip": "127.0.0.1" },
    { forwarded: "for=127.0.0.1;by=win" },
    { "tailscale-user-login": "win@example.org", "tailscale-user-name": "win" },
    { "bridge-sender": "win", "bridge-principal": "win", "x-bridge-principal": "win" },
    { "x-remote-user": "win", "remote-user": "win" },
    { via: "web", "x-via": "web", "user-agent": "web" },
  ])("%j makes nobody somebody else", async (headers) => {
    const asked = await fetch(`${served.url}/api/whoami`, { headers: { ...headers, ...bearer(mac.token) } });
    expect(await asked.json()).toMatchObject({ principal: { name: "mac", verified: true } });
    await post(
      `${served.url}/api/send`,
      { channel: "a", sender: "w", content: "x" },
      { ...headers, ...bearer(mac.token) },
    );
    expect(await messages()).toMatchObject([{ sender: "mac/w", provenance: { via: "http", kind: "machine" } }]);
    const without = await fetch(`${served.url}/api/whoami`, { headers });
    expect(without.status).toBe(401);
  });

  it("fields of a body that are the bridge's to say are not read", async () => {
    const claimed = {
      principal: win.row.principal.id,
      provenance: { principal: "x" },
      via: "web",
      hops: 9,
      kind: "person",
    };
    await post(`${served.url}/api/send`, { channel: "a", sender: "w", content: "x", ...claimed }, bearer(mac.token));
    expect(await messages()).toMatchObject([
      { sender: "mac/w", provenance: { principal: mac.row.principal.id, via: "http", hops: 0, kind: "machine" } },
    ]);
  });

  it("a session of MCP is no credential: another's id opens nothing", async () => {
    const stream = await fetch(`${served.url}/sse`, { headers: bearer(mac.token) });
    const reader = stream.body?.getReader();
    const head = new TextDecoder().decode((await reader?.read())?.value);
    const path = /data: (\S+)/.exec(head)?.[1] ?? "";
    const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
    expect((await post(`${served.url}${path}`, ping, bearer(win.token))).status).toBe(404);
    expect((await post(`${served.url}${path}`, ping)).status).toBe(401);
    const ofMac = { whose: { principal: "mac" }, permissions: ["admin"], channels: ["*"] } as const;
    const { token: second } = await served.bridge.access.tokens.create(ofMac, { principal: "local" });
    expect((await post(`${served.url}${path}`, ping, bearer(second))).status).toBe(404);
    expect((await post(`${served.url}${path}`, ping, bearer(mac.token))).status).toBe(202);
    await reader?.cancel();
  });
});
