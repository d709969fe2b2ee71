import { type IncomingMessage, request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { serve, type ServeOptions, type Served } from "./support/face.ts";

let served: Served;
let refused: unknown[];
afterEach(() => served.close());

const boundary = { trustedHosts: ["bridge.example"], corsOrigins: [], isPublic: false };

/** Every request of these tests comes from 127.0.0.1, which is the proxy, or is not. */
async function start({ isProtected = true, ...options }: ServeOptions & { readonly isProtected?: boolean }) {
  refused = [];
  const nothing = () => undefined;
  const log = { error: nothing, warn: nothing, info: (details: object) => void refused.push(details), debug: nothing };
  served = await serve({ boundary, log, ...(isProtected ? { token: "s3cret" } : {}), ...options });
}

const get = (headers: Record<string, string>) => fetch(`${served.url}/api/state`, { headers });
const bearer = { authorization: "Bearer s3cret" };

describe("who is refused is logged", () => {
  it("with the client that a trusted proxy names", async () => {
    await start({ trustedProxies: ["127.0.0.0/8"] });
    await get({ "x-forwarded-for": "198.51.100.1, 203.0.113.7" });
    expect(refused).toEqual([{ code: "unauthorized", method: "GET", path: "/api/state", client: "203.0.113.7" }]);
  });

  it("with its own address when it only says that it is a proxy", async () => {
    await start({});
    await get({ "x-forwarded-for": "203.0.113.7", forwarded: "for=203.0.113.7" });
    expect(refused).toEqual([expect.objectContaining({ client: "127.0.0.1" })]);
  });
});

describe("without a token, a client of another machine stays nobody", () => {
  it.each([[], ["127.0.0.1"]])("with %j as the trusted proxy", async (...trustedProxies) => {
    await start({ isProtected: false, trustedProxies });
    expect((await get({ "x-forwarded-for": "203.0.113.7" })).status).toBe(403);
    expect((await get({ "x-forwarded-for": "127.0.0.1" })).status).toBe(200);
  });
});

describe("the host that a proxy says its client named", () => {
  const page = { ...bearer, "x-forwarded-host": "bridge.example", origin: "https://bridge.example" };

  it("makes its pages the bridge's own", async () => {
    await start({ trustedProxies: ["127.0.0.1"] });
    expect((await get(page)).status).toBe(200);
  });

  it("means nothing from anybody else", async () => {
    await start({});
    expect((await get(page)).status).toBe(403);
  });

  it("must be one of the bridge's", async () => {
    await start({ trustedProxies: ["127.0.0.1"] });
    const rebound = { ...bearer, "x-forwarded-host": "attacker.example", origin: "https://attacker.example" };
    expect((await get(rebound)).status).toBe(400);
  });

  it("does not excuse a Host header that is not", async () => {
    await start({ trustedProxies: ["127.0.0.1"] });
    const headers = { ...bearer, host: "attacker.example", "x-forwarded-host": "bridge.example" };
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      request(`${served.url}/api/state`, { headers, agent: false }, resolve).on("error", reject).end(),
    );
    expect(response.resume().statusCode).toBe(400);
  });
});
