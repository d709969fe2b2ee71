import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createPlainServer } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { certificateFingerprint } from "../../serve/fingerprint.ts";
import { keepSelfSigned } from "../../serve/self-signed.ts";
import { createPinnedFetch, type PinnedFetch } from "./pinned-fetch.ts";

let folder: string;
let server: Server;
let url: string;
let seen: string[];
let pinned: PinnedFetch | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "claude-bridge-pin-"));
  seen = [];
  server = createServer(await newPair("first"), (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.setHeader("connection", "close");
    request.pipe(response);
  });
  url = await listen(server);
});
afterEach(async () => {
  await pinned?.close();
  pinned = undefined;
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function listen(on: { listen(port: number, host: string, done: () => void): unknown; address(): unknown }) {
  await new Promise<void>((resolve) => void on.listen(0, "127.0.0.1", resolve));
  return `https://127.0.0.1:${(on.address() as AddressInfo).port}`;
}

/** Neither its name nor its time fits, as of a machine that has moved: what counts is that it is this one. */
async function newPair(name: string) {
  const paths = { certPath: join(folder, `${name}.cert`), keyPath: join(folder, `${name}.key`) };
  await keepSelfSigned({ kind: "self-signed", ...paths }, { names: ["elsewhere.example"], now: 0 });
  return { cert: readFileSync(paths.certPath, "utf8"), key: readFileSync(paths.keyPath, "utf8") };
}

const fingerprintOf = (name: string) =>
  certificateFingerprint(readFileSync(join(folder, `${name}.cert`), "utf8")).sha256;
const post = { method: "POST", headers: { authorization: "Bearer s3cret" }, body: "hello" };

describe("a pinned fetch", () => {
  it("talks to whoever has the certificate, also when it is written with colons and in capitals", async () => {
    const written = fingerprintOf("first").toUpperCase().match(/../g)?.join(":") ?? "";
    pinned = await createPinnedFetch(written);
    const response = await pinned.fetch(`${url}/a`, post);
    expect([response.status, await response.text()]).toEqual([200, "hello"]);
    expect(seen).toEqual(["POST /a Bearer s3cret"]);
  });

  it("sends nothing to whoever has another, and says which is there and which is trusted", async () => {
    const { cert } = await newPair("other");
    const expected = certificateFingerprint(cert).sha256;
    pinned = await createPinnedFetch(expected);
    const failed = pinned.fetch(url, post);
    await expect(failed).rejects.toMatchObject({ name: "WrongCertificate", expected, shown: fingerprintOf("first") });
    await expect(failed).rejects.toThrow(
      `nothing was sent: ${new URL(url).host} has another certificate: SHA-256 ${fingerprintOf("first")}; trusted is SHA-256 ${expected}`,
    );
    expect(seen).toEqual([]);
  });

  it("stops trusting a server whose certificate has changed", async () => {
    pinned = await createPinnedFetch(fingerprintOf("first"));
    await (await pinned.fetch(url, post)).text();
    server.setSecureContext(await newPair("second"));
    await expect(pinned.fetch(url, post)).rejects.toMatchObject({ shown: fingerprintOf("second") });
    expect(seen).toHaveLength(1);
  });

  it("sends nothing over a connection without TLS", async () => {
    const plain = createPlainServer((_request, response) => void response.end(seen.push("plain")));
    const plainUrl = (await listen(plain)).replace("https:", "http:");
    pinned = await createPinnedFetch(fingerprintOf("first"));
    await expect(pinned.fetch(plainUrl, post)).rejects.toThrow(
      `nothing was sent: ${new URL(plainUrl).host} speaks no TLS`,
    );
    expect(seen).toEqual([]);
    plain.close();
  });

  it("says that nobody is there when nobody is", async () => {
    server.close();
    pinned = await createPinnedFetch(fingerprintOf("first"));
    await expect(pinned.fetch(url, post)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  it("needs a whole fingerprint", async () => {
    await expect(createPinnedFetch("coral-acorn")).rejects.toThrow("has 64 hexadecimal digits");
  });
});

it("leaves the fetch of everybody else as strict as it is", async () => {
  pinned = await createPinnedFetch(fingerprintOf("first"));
  await (await pinned.fetch(url, post)).text();
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});
