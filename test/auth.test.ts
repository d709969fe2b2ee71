import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { json, post, type Served, serve } from "./support/face.ts";
import { openStream } from "./support/stream.ts";

const token = "s3cret-token";
const bearer = { authorization: `Bearer ${token}` };

describe("with the one shared token", () => {
  let served: Served;
  beforeEach(async () => {
    served = await serve({ token });
  });
  afterEach(async () => {
    expect(served.errors).toEqual([]);
    await served.close();
  });

  it.each([
    ["GET", "/api/state"],
    ["GET", "/api/messages?channel=a"],
    ["GET", "/api/messages/some-id"],
    ["GET", "/api/wait?channel=a&consumer_id=b"],
    ["GET", "/api/channels"],
    ["GET", "/api/openapi.json"],
    ["GET", "/api/no-such-thing"],
    ["POST", "/api/send"],
    ["POST", "/api/ack"],
    ["POST", "/api/clear"],
    ["POST", "/api/admin/reload"],
    ["GET", "/events/channel/a"],
    ["GET", "/events?channels=a"],
    ["POST", "/mcp"],
    ["GET", "/mcp"],
    ["GET", "/sse"],
    ["POST", "/messages/?session_id=a"],
  ])("%s %s needs it", async (method, path) => {
    const response = await fetch(`${served.url}${path}`, {
      method,
      headers: json,
      ...(method === "POST" && { body: "{}" }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: "unauthorized", code: "unauthorized" });
    expect(response.headers.get("www-authenticate")).toBeNull();
  });

  it.each(["/status", "/", "/settings", "/icon.svg"])("%s is open", async (path) => {
    expect((await fetch(`${served.url}${path}`)).status).toBe(200);
  });

  it("does not care how the scheme is written, only what the token is", async () => {
    const state = (authorization: string) => fetch(`${served.url}/api/state`, { headers: { authorization } });
    expect((await state(`bearer ${token}`)).status).toBe(200);
    expect((await state(`BEARER ${token}`)).status).toBe(200);
    expect((await state(`Bearer ${token}x`)).status).toBe(401);
    expect((await state(`Basic ${token}`)).status).toBe(401);
    expect((await state(token)).status).toBe(401);
    expect((await state("Bearer ")).status).toBe(401);
  });

  it("takes the token from the URL for event streams", async () => {
    const stream = await openStream(`${served.url}/events/channel/a?token=${token}`);
    expect(stream.response.status).toBe(200);
    stream.close();
  });

  it("takes no token from the URL anywhere else", async () => {
    expect((await fetch(`${served.url}/api/state?token=${token}`)).status).toBe(401);
    expect((await fetch(`${served.url}/sse?token=${token}`)).status).toBe(401);
  });

  it("does not let the URL mend a header that is wrong", async () => {
    const headers = { authorization: "Bearer wrong" };
    expect((await fetch(`${served.url}/events/channel/a?token=${token}`, { headers })).status).toBe(401);
  });

  it("lets MCP clients know what to send", async () => {
    const response = await post(`${served.url}/mcp`, {});
    expect(await response.json()).toMatchObject({ message: expect.stringContaining("Authorization: Bearer") });
  });

  it("has no OAuth to discover, so that clients ask for nothing", async () => {
    for (const path of ["oauth-protected-resource", "oauth-protected-resource/mcp", "oauth-authorization-server"]) {
      expect((await fetch(`${served.url}/.well-known/${path}`)).status).toBe(404);
    }
  });

  it("serves whoever has it", async () => {
    const sent = await post(`${served.url}/api/send`, { channel: "a", sender: "b", content: "c" }, bearer);
    expect(sent.status).toBe(200);
    expect((await fetch(`${served.url}/api/state`, { headers: bearer })).status).toBe(200);
  });
});

describe("behind a proxy, without a token", () => {
  let served: Served;
  afterEach(() => served.close());
  const through = (headers: Record<string, string>) => fetch(`${served.url}/api/state`, { headers });

  it.each<Record<string, string>>([
    { "x-forwarded-for": "203.0.113.7" },
    { "x-forwarded-for": "127.0.0.1, 203.0.113.7" },
    { "x-real-ip": "192.168.1.9" },
    { forwarded: 'for="[2001:db8::1]:4711";proto=https, for=127.0.0.1' },
    { forwarded: "for=unknown" },
  ])("a client of another machine is nobody: %j", async (headers) => {
    served = await serve();
    const response = await through(headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: "forbidden",
      error: expect.stringContaining("--auth-token-file"),
    });
  });

  it.each<Record<string, string>>([
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-for": "::1, ::ffff:127.0.0.1" },
    { forwarded: 'for="[::1]:4711"' },
  ])("a client of this machine is its operator: %j", async (headers) => {
    served = await serve();
    expect((await through(headers)).status).toBe(200);
  });

  it("others may in when the operator says so", async () => {
    served = await serve({ isOpenToNetwork: true });
    expect((await through({ "x-forwarded-for": "203.0.113.7" })).status).toBe(200);
  });
});

describe("for pages of other origins", () => {
  let served: Served;
  const listed = "https://dash.example";
  beforeEach(async () => {
    served = await serve({
      token,
      boundary: {
        trustedHosts: ["bridge.example", "*.lan"],
        corsOrigins: [listed],
        isPublic: false,
      },
    });
  });
  afterEach(() => served.close());

  it("answers a preflight of a listed origin before it asks for the token", async () => {
    const headers = { origin: listed, "access-control-request-method": "POST" };
    const response = await fetch(`${served.url}/api/send`, { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe(listed);
    const allowed = response.headers.get("access-control-allow-headers")?.split(", ");
    expect(allowed).toEqual(expect.arrayContaining(["Authorization", "Claude-Bridge-Agent"]));
  });

  it("lets a listed origin read answers, errors and streams too", async () => {
    const ok = await fetch(`${served.url}/api/state`, { headers: { ...bearer, origin: listed } });
    expect(ok.headers.get("access-control-allow-origin")).toBe(listed);
    const refused = await fetch(`${served.url}/api/state`, { headers: { origin: listed } });
    expect(refused.headers.get("access-control-allow-origin")).toBe(listed);
    const stream = await openStream(`${served.url}/events/channel/a`, { ...bearer, origin: listed });
    expect(stream.response.headers.get("access-control-allow-origin")).toBe(listed);
    const exposed = stream.response.headers.get("access-control-expose-headers")?.split(", ");
    expect(exposed).toEqual(expect.arrayContaining(["Claude-Bridge-Cursor", "Claude-Bridge-Receipts"]));
    stream.close();
  });

  it.each(["https://evil.example", "null", "http://localhost:1", "https://dash.example.evil"])(
    "gives %s nothing",
    async (origin) => {
      const response = await fetch(`${served.url}/status`, { headers: { ...bearer, origin } });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ error: "origin not allowed" });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  it("knows its own page", async () => {
    expect((await fetch(`${served.url}/status`, { headers: { origin: served.url } })).status).toBe(200);
  });
});
