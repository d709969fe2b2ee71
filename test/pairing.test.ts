import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxWrongTries } from "../src/core/limits.ts";
import { createMemoryStore } from "../src/stores/memory.ts";
import { post, type Served, serve } from "./support/face.ts";
import { openStream } from "./support/stream.ts";

const token = "s3cret-token";
const bearer = { authorization: `Bearer ${token}` };

let store: ReturnType<typeof createMemoryStore>;
let served: Served;
beforeEach(async () => {
  store = createMemoryStore();
  served = await serve({ token, store });
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

async function ask(path: string, body: unknown, headers: Record<string, string> = bearer) {
  const response = await post(`${served.url}${path}`, body, headers);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, never> };
}

const invite = async (wanted: object = {}) => (await ask("/api/invitations", wanted)).body;
const join = (body: object) => ask("/api/join", body, {});
const sessionOf = (headers: Headers) => headers.get("set-cookie")?.split(";", 1)[0] ?? "";
const own = () => ({ origin: served.url, "sec-fetch-site": "same-origin" });

async function signIn(): Promise<string> {
  const { url_fragment: fragment } = (await ask("/api/sign-in-links", {})).body;
  return sessionOf((await ask("/api/session", { code: String(fragment).slice("#signin=".length) }, own())).headers);
}

const state = (cookie: string, headers: Record<string, string> = {}) =>
  fetch(`${served.url}/api/state`, { headers: { cookie, ...headers } });

describe("a machine that joins", () => {
  it("gets a credential of its own for one code, and sees the words that the inviter sees", async () => {
    const { code, words } = await invite();
    const { status, body } = await join({ code, name: "mac" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ principal: { kind: "machine", name: "mac" }, channels: ["*"], bridge: { words } });
    const who = await fetch(`${served.url}/api/whoami`, { headers: { authorization: `Bearer ${body["token"]}` } });
    expect(await who.json()).toMatchObject({ principal: { name: "mac", verified: true } });
  });

  it("has the only credential when two come at once with one code", async () => {
    const { code } = await invite();
    const both = await Promise.all([join({ code, name: "mac" }), join({ code, name: "win" })]);
    expect(both.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 401]));
  });

  it("reads only, where that is what it was invited to", async () => {
    const { code } = await invite({ read_only: true, channels: ["payments:*"] });
    const { body } = await join({ code, name: "mac" });
    const message = { channel: "payments:a", sender: "me", content: "hello" };
    const authorization = `Bearer ${body["token"]}`;
    expect((await ask("/api/send", message, { authorization })).status).toBe(403);
  });

  it("is told of a name that is taken, and comes in with the same code under another", async () => {
    await join({ code: (await invite())["code"], name: "mac" });
    const { code } = await invite();
    expect(await join({ code, name: "mac" })).toMatchObject({ status: 409, body: { code: "conflict", field: "name" } });
    expect((await join({ code })).body).toMatchObject({ code: "invalid_input", field: "name" });
    expect((await join({ code, name: "mac-2" })).status).toBe(200);
  });

  it("is not let in by a code that was used, taken back or burnt, each in its own words", async () => {
    const [used, revoked, burnt] = [await invite(), await invite(), await invite()];
    await join({ code: used["code"], name: "mac" });
    await ask("/api/invitations/revoke", { id: revoked["id"] });
    for (let tries = 0; tries < maxWrongTries; tries += 1) {
      expect((await join({ code: "0000-0000", name: "x" })).body).toMatchObject({ error: /no such join code/ });
    }
    const errors = [used, revoked, burnt].map(async ({ code }) => (await join({ code, name: "win" })).body["error"]);
    expect(await Promise.all(errors)).toEqual([
      expect.stringContaining("was used by mac"),
      expect.stringContaining("was taken back"),
      expect.stringContaining("worthless after 5 wrong tries"),
    ]);
  });

  it("is told to wait when its address has guessed too often, and nothing more is burnt", async () => {
    for (let tries = 0; tries < 10; tries += 1) await join({ code: "0000-0000", name: "x" });
    await invite();
    const { status, headers } = await join({ code: "0000-0000", name: "x" });
    expect(status).toBe(429);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    const response = await fetch(`${served.url}/api/invitations`, { headers: bearer });
    expect(await response.json()).toMatchObject({ invitations: [{ state: "out", wrong_tries: 0 }] });
  });
});

describe("a browser", () => {
  it("is signed in by a link, once", async () => {
    const { url_fragment: fragment } = (await ask("/api/sign-in-links", {})).body;
    const code = String(fragment).slice("#signin=".length);
    const { body, headers } = await ask("/api/session", { code }, own());
    expect(body).toMatchObject({
      authenticated: true,
      auth_required: true,
      principal: { name: "you", kind: "person" },
    });
    expect(headers.get("set-cookie")).toMatch(
      /^claude_bridge_session=\w{10}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/,
    );
    expect((await ask("/api/session", { code }, own())).status).toBe(401);
    expect((await state(sessionOf(headers))).status).toBe(200);
  });

  it("is signed in by a token, with another cookie each time, and the last one is worth nothing", async () => {
    const first = sessionOf((await ask("/api/session", {}, { ...bearer, ...own() })).headers);
    const second = sessionOf((await ask("/api/session", {}, { ...bearer, ...own(), cookie: first })).headers);
    expect((await state(first)).status).toBe(401);
    expect((await state(second)).status).toBe(200);
  });

  it("is signed in by a person's join code, not by a machine's", async () => {
    const machine = await invite();
    expect((await ask("/api/session", { code: machine["code"], name: "anna" }, own())).status).toBe(400);
    const person = await invite({ kind: "person", read_only: true });
    const { body, headers } = await ask("/api/session", { code: person["code"], name: "anna" }, own());
    expect(body).toMatchObject({ principal: { kind: "person", name: "anna" } });
    const message = { channel: "a", sender: "anna", content: "hello" };
    expect((await ask("/api/send", message, { cookie: sessionOf(headers), ...own() })).status).toBe(403);
  });

  it("writes as the person who signed in, by way of the web", async () => {
    const cookie = await signIn();
    const message = { channel: "a", sender: "somebody else", content: "hello" };
    const { body } = await ask("/api/send", message, { cookie, ...own() });
    expect(body).toMatchObject({ sender: "you" });
    const found = await fetch(`${served.url}/api/messages/${String(body["id"])}`, { headers: bearer });
    expect(await found.json()).toMatchObject({
      provenance: { verified: true, kind: "person", author: "human", via: "web", label: "somebody else" },
    });
  });

  it("makes no cookie of a cookie", async () => {
    const cookie = await signIn();
    expect((await ask("/api/session", {}, { cookie, ...own() })).status).toBe(401);
  });

  it("stays signed in when the bridge starts again", async () => {
    const cookie = await signIn();
    const again = await serve({ token, store });
    const response = await fetch(`${again.url}/api/session`, { headers: { cookie } });
    expect(await response.json()).toMatchObject({ authenticated: true });
    await again.close();
  });

  it("that a shared token has signed in is out when there is another token", async () => {
    const cookie = sessionOf((await ask("/api/session", {}, { ...bearer, ...own() })).headers);
    const again = await serve({ token: "another", store });
    const response = await fetch(`${again.url}/api/session`, { headers: { cookie } });
    expect(await response.json()).toMatchObject({ authenticated: false });
    await again.close();
  });

  it("signs out", async () => {
    const cookie = await signIn();
    const response = await fetch(`${served.url}/api/session`, { method: "DELETE", headers: { cookie, ...own() } });
    expect(response.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await state(cookie)).status).toBe(401);
  });

  it.each(["shared token", "sign-in link"])(
    "loses its open stream when its session by a %s is revoked",
    async (way) => {
      const cookie =
        way === "sign-in link"
          ? await signIn()
          : sessionOf((await ask("/api/session", {}, { ...bearer, ...own() })).headers);
      const stream = await openStream(`${served.url}/events/channel/a`, { cookie });
      const { sessions } = (await (await fetch(`${served.url}/api/sessions`, { headers: bearer })).json()) as {
        sessions: readonly { id: string }[];
      };
      await ask("/api/sessions/revoke", { id: sessions[0]?.id });
      expect((await stream.take(5)).at(-1)).toMatchObject({ event: "revoked" });
      expect((await state(cookie)).status).toBe(401);
    },
  );

  it("has no say over MCP", async () => {
    expect((await post(`${served.url}/mcp`, {}, { cookie: await signIn(), ...own() })).status).toBe(401);
  });
});

describe("a request with a browser's cookie", () => {
  const message = { channel: "a", sender: "me", content: "hello" };

  it.each([
    ["our page", { "sec-fetch-site": "same-origin" }, 200],
    ["nobody says where", {}, 403],
    ["another port of this machine", { "sec-fetch-site": "same-site" }, 403],
    ["another site", { "sec-fetch-site": "cross-site" }, 403],
    ["the address bar", { "sec-fetch-site": "none" }, 403],
    ["an opaque origin", { origin: "null" }, 403],
    ["another origin", { origin: "http://localhost:5173" }, 403],
  ])("that writes, from %s: %j %i", async (_from, headers, status) => {
    const cookie = await signIn();
    expect((await ask("/api/send", message, { cookie, ...headers })).status).toBe(status);
    expect((await ask("/api/send?x", message, { cookie, ...headers })).status).toBe(status);
  });

  it("is refused from an origin that may read across", async () => {
    const cookie = await signIn();
    const origin = "http://localhost:5173";
    const boundary = { trustedHosts: [], corsOrigins: [origin], isPublic: false };
    const listed = await serve({ token, store, boundary });
    const response = await post(`${listed.url}/api/send`, message, { cookie, origin, "sec-fetch-site": "same-site" });
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    await listed.close();
  });

  it("needs none of this with a token", async () => {
    expect((await ask("/api/send", message, bearer)).status).toBe(200);
  });
});
