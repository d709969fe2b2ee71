import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Agent, fetch as fetchWith } from "undici";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { keepSelfSigned } from "../src/serve/self-signed.ts";
import { isLong } from "./crash/extent.ts";
import { cleanUp, startRelayProcess, temporaryFolder } from "./support/cli.ts";
import { overMcp } from "./support/connect.ts";
import { json } from "./support/face.ts";
import { freePort, type ProxyKind, proxyKinds, recipes, runProxy, whyNoProxy } from "./support/proxies.ts";
import { openStream } from "./support/stream.ts";

/** docs/networking.md, as it stands, with the servers that it is about. */

const name = "bridge.example.org";
const bearer = { authorization: "Bearer s3cret" };

/** The flags that the document gives a bridge behind a proxy. */
function documentedFlags(): readonly string[] {
  const line = recipes("sh").find((block) => block.includes(`--trusted-host ${name}`)) ?? "";
  return line.trim().split(" ").slice(1);
}

/** A client of another address than the proxy's, which trusts the proxy's certificate and knows where the name leads. */
function createClient(ca: string) {
  const connect = {
    ca,
    autoSelectFamily: false,
    lookup: (_host: string, _options: object, found: (error: null, address: string, family: number) => void) =>
      found(null, "127.0.0.1", 4),
  };
  const agent = new Agent({ connect, localAddress: "127.0.0.2", bodyTimeout: 0 });
  const through = (...[input, init]: Parameters<typeof fetchWith>) => fetchWith(input, { ...init, dispatcher: agent });
  return { fetch: through as unknown as typeof fetch, close: () => agent.destroy() };
}

/** The bridge, the proxy of the recipe before it, and a client beyond. */
async function startBehind(kind: ProxyKind, flags: readonly string[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "bridge.token"), "s3cret\n");
  const paths = { certPath: join(folder, "proxy.cert"), keyPath: join(folder, "proxy.key") };
  await keepSelfSigned({ kind: "self-signed", ...paths }, { names: [name], now: Date.now() });
  const cert = readFileSync(paths.certPath, "utf8");
  const relay = await startRelayProcess([...flags, "--log-level", "info"], { cwd: folder });
  const port = await freePort();
  const [recipe = ""] = recipes(kind.name);
  const options = { folder, port, bridgePort: relay.facts.port, cert, key: readFileSync(paths.keyPath, "utf8") };
  const proxy = runProxy(kind.command(recipe, options), folder);
  const client = createClient(cert);
  const url = `https://${name}:${port}`;
  const stop = () => Promise.all([client.close(), proxy.stop()]);
  try {
    await vi.waitFor(() => client.fetch(`${url}/status`), { timeout: 15_000 });
  } catch (error) {
    await stop();
    throw error;
  }
  const send = (body: object, headers = {}) =>
    client.fetch(`${url}/api/send`, {
      method: "POST",
      headers: { ...json, ...bearer, ...headers },
      body: JSON.stringify({ channel: "a", sender: "s", ...body }),
    });
  return { ...relay, url, send, fetch: client.fetch, stop };
}

type Behind = Awaited<ReturnType<typeof startBehind>>;

describe.each(proxyKinds)("behind $name", (kind) => {
  const reason = whyNoProxy(kind);
  const title = reason === undefined ? "the bridge" : `the bridge [skipped: ${reason}]`;

  describe.skipIf(reason !== undefined)(`${title}`, () => {
    let behind: Behind;
    beforeAll(async () => {
      behind = await startBehind(kind, documentedFlags());
    });
    afterAll(async () => {
      await behind.stop();
      await cleanUp();
    });
    const get = (path: string, headers = {}) => behind.fetch(`${behind.url}${path}`, { headers });
    const stateOf = async () => (await (await get("/api/state", bearer)).json()) as Record<string, number>;

    it("has the token that clients send", async () => {
      expect((await behind.send({ content: "hello" })).status).toBe(200);
      expect((await get("/api/state")).status).toBe(401);
    });

    it("sees the client's address, whatever the client says of itself", async () => {
      const claims = { "x-forwarded-for": "198.51.100.1", "x-real-ip": "198.51.100.2", forwarded: "for=198.51.100.3" };
      await get("/api/channels", claims);
      await vi.waitFor(() => expect(behind.stderr()).toMatch(/"path":"\/api\/channels","client":"127\.0\.0\.2"/));
    });

    it("has an event at the reader, and knows when the reader has left", async () => {
      const stream = await openStream(`${behind.url}/events/channel/live`, bearer, behind.fetch);
      await behind.send({ channel: "live", content: "now" });
      expect(await stream.take(1)).toMatchObject([{ data: { content: "now" } }]);
      expect(await stateOf()).toMatchObject({ sse_subscribers: 1 });
      stream.close();
      // A proxy may only find out when it has something to deliver.
      await vi.waitFor(async () => {
        await behind.send({ channel: "live", content: "to nobody" });
        expect(await stateOf()).toMatchObject({ sse_subscribers: 0 });
      }, 10_000);
    });

    it("answers whoever waits", async () => {
      const waiting = get("/api/wait?channel=wait&since_id=beginning&timeout_seconds=50", bearer);
      await vi.waitFor(async () => expect(await stateOf()).toMatchObject({ open_waits: 1 }), 10_000);
      await behind.send({ channel: "wait", content: "at last" });
      expect(await (await waiting).json()).toMatchObject({ messages: [{ content: "at last" }], timed_out: false });
    });

    it("speaks MCP", async () => {
      const requestInit = { headers: bearer };
      const transport = new StreamableHTTPClientTransport(new URL(`${behind.url}/mcp`), {
        fetch: behind.fetch,
        requestInit,
      });
      const mcp = await overMcp(transport, "modern", () => Promise.resolve());
      const waiting = mcp.call("wait", { channel: "mcp", since_id: "beginning", timeout_seconds: 60 });
      await vi.waitFor(async () => expect(await stateOf()).toMatchObject({ open_waits: 1 }), 10_000);
      await mcp.call("send", { channel: "mcp", sender: "s", content: "over MCP" });
      expect((await waiting).messages).toMatchObject([{ content: "over MCP" }]);
      await mcp.close();
    });

    it("refuses what is too large in its own words", async () => {
      const refused = await behind.send({ content: "x".repeat(2_000_000) });
      expect([refused.status, await refused.json()]).toEqual([413, expect.objectContaining({ code: "too_large" })]);
    });

    it("takes long headers", async () => {
      const response = await get("/api/state", { ...bearer, "x-trace": "x".repeat(14_000) });
      expect(response.status).toBe(200);
    });

    it("takes its own pages for its own, and no others", async () => {
      expect((await behind.send({ content: "page" }, { origin: behind.url })).status).toBe(200);
      expect((await behind.send({ content: "page" }, { origin: "https://attacker.example" })).status).toBe(403);
    });

    it.runIf(isLong)("keeps a silent stream for longer than proxies wait", { timeout: 180_000 }, async () => {
      const { body } = await behind.fetch(`${behind.url}/events/channel/silent`, { headers: bearer });
      let beats = 0;
      for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        beats += chunk.match(/^: ping/gm)?.length ?? 0;
        if (beats >= 8) break;
      }
      expect(beats).toBe(8);
    });
  });

  describe.skipIf(reason !== undefined)(`${title}, without --trusted-host`, () => {
    afterAll(cleanUp);

    it("refuses the proxy's name", async () => {
      const flags = documentedFlags().filter((word) => word !== "--trusted-host" && word !== name);
      const behind = await startBehind(kind, flags);
      const refused = await behind.fetch(`${behind.url}/api/state`, { headers: bearer });
      expect([refused.status, await refused.json()]).toMatchObject([400, { code: "host_not_allowed" }]);
      await behind.stop();
    });
  });
});

describe("the container's health check", () => {
  afterAll(cleanUp);

  it("knows a bridge that is there from one that is not", async () => {
    const relay = await startRelayProcess([], { cwd: temporaryFolder() });
    const line = recipes("dockerfile")[0]?.match(/^HEALTHCHECK CMD (.+)$/m)?.[1] ?? "[]";
    const [, ...args] = JSON.parse(line.replace("8765", String(relay.facts.port))) as string[];
    const check = () => spawnSync(process.execPath, args).status;
    expect(check()).toBe(0);
    relay.kill("SIGTERM");
    await relay.exit;
    expect(check()).toBe(1);
  });
});
