import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import { clientAddress, forwardedHost, isSecure, trustProxies } from "./forwarded.ts";

const trusted = trustProxies(["127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8"]);

/** The part of a request that is looked at. */
const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

const client = (peer: string, headers: Record<string, string>) => clientAddress(from(peer, headers), trusted);

describe("trusted proxies", () => {
  it.each(["127.0.0.1", "::1", "10.255.0.1", "fd12::1"])("include %s", (address) => {
    expect(trusted(address)).toBe(true);
  });

  it.each(["127.0.0.2", "::2", "11.0.0.1", "fe80::1", "", "proxy"])("do not include %j", (address) => {
    expect(trusted(address)).toBe(false);
  });

  it("are none unless told", () => {
    expect(trustProxies([])("127.0.0.1")).toBe(false);
  });
});

describe("the client's address", () => {
  it("is the connection's when it is no proxy's, whatever the headers say", () => {
    expect(client("203.0.113.7", {})).toBe("203.0.113.7");
    expect(client("203.0.113.7", { "x-forwarded-for": "198.51.100.1", "x-real-ip": "198.51.100.1" })).toBe(
      "203.0.113.7",
    );
    expect(client("::ffff:203.0.113.7", {})).toBe("203.0.113.7");
    expect(client("fe80::1%eth0", {})).toBe("fe80::1");
    expect(clientAddress(from(undefined), trusted)).toBe("");
  });

  it.each<[Record<string, string>, string]>([
    [{ "x-forwarded-for": "203.0.113.7" }, "203.0.113.7"],
    [{ "x-forwarded-for": "203.0.113.7:4711" }, "203.0.113.7"],
    [{ "x-forwarded-for": "::ffff:203.0.113.7" }, "203.0.113.7"],
    [{ "x-forwarded-for": "2001:DB8::1" }, "2001:db8::1"],
    [{ "x-forwarded-for": "203.0.113.7, 10.0.0.3, 10.0.0.4" }, "203.0.113.7"],
    [{ "x-real-ip": "203.0.113.7" }, "203.0.113.7"],
    [{ "x-forwarded-for": "203.0.113.7, 10.0.0.3", "x-real-ip": "10.0.0.3" }, "203.0.113.7"],
    [{ forwarded: 'for="[2001:db8::1]:4711";proto=https, for=10.0.0.3' }, "2001:db8::1"],
    [{ forwarded: "For=203.0.113.7;by=10.0.0.1", "x-forwarded-for": "203.0.113.7" }, "203.0.113.7"],
  ])("is what a trusted proxy says: %j", (headers, address) => {
    expect(client("127.0.0.1", headers)).toBe(address);
    expect(client("::ffff:10.1.2.3", headers)).toBe(address);
  });

  it.each<[Record<string, string>, string]>([
    [{ "x-forwarded-for": "198.51.100.1, 203.0.113.7" }, "203.0.113.7"],
    [{ "x-forwarded-for": "127.0.0.1, 203.0.113.7" }, "203.0.113.7"],
    [{ "x-forwarded-for": "10.0.0.9, 203.0.113.7, 10.0.0.3" }, "203.0.113.7"],
    [{ forwarded: "for=198.51.100.1, for=203.0.113.7" }, "203.0.113.7"],
    [{ forwarded: 'for=203.0.113.7;host="x, for=198.51.100.1"' }, "203.0.113.7"],
    [{ forwarded: 'for=203.0.113.7;host="\\", for=198.51.100.1"' }, "203.0.113.7"],
  ])("is not what the client put before it: %j", (headers, address) => {
    expect(client("127.0.0.1", headers)).toBe(address);
  });

  it.each<Record<string, string>>([
    {},
    { "x-forwarded-for": "" },
    { "x-forwarded-for": "10.0.0.9, 127.0.0.1" },
    { "x-forwarded-for": "203.0.113.7, unknown" },
    { "x-forwarded-for": "203.0.113.7, 1.2.3" },
    { forwarded: "for=203.0.113.7, for=_hidden" },
    { "x-forwarded-for": "203.0.113.7", "x-real-ip": "198.51.100.1" },
    { "x-forwarded-for": "203.0.113.7", forwarded: "for=198.51.100.1" },
    { "x-forwarded-for": "unknown", "x-real-ip": "198.51.100.1" },
  ])("is the proxy's when nobody can be believed: %j", (headers) => {
    expect(client("10.1.2.3", headers)).toBe("10.1.2.3");
  });

  it.each(["a".repeat(16_000), 'a="'.repeat(5_000), `a="${"\\".repeat(16_000)}`, "a=,".repeat(5_000)])(
    "is found at once in a header that was made to be slow (%#)",
    (forwarded) => {
      expect(client("127.0.0.1", { forwarded })).toBe("127.0.0.1");
    },
  );
});

describe("whether the client's side is encrypted", () => {
  it("is known of the bridge's own TLS", () => {
    const request = { socket: Object.create(TLSSocket.prototype) as TLSSocket, headers: {} };
    expect(isSecure(request as unknown as IncomingMessage, trustProxies([]))).toBe(true);
  });

  it.each<[Record<string, string>, boolean]>([
    [{ "x-forwarded-proto": "https" }, true],
    [{ "x-forwarded-proto": "http" }, false],
    [{ "x-forwarded-proto": "https, http" }, false],
    [{ forwarded: "for=203.0.113.7;proto=HTTPS" }, true],
    [{}, false],
  ])("is what a trusted proxy says, and only such a one: %j", (headers, isHttps) => {
    expect(isSecure(from("10.0.0.1", headers), trusted)).toBe(isHttps);
    expect(isSecure(from("203.0.113.7", headers), trusted)).toBe(false);
  });
});

it("takes the host that the client named from a trusted proxy only", () => {
  const headers = { "x-forwarded-host": "elsewhere.example, bridge.example" };
  expect(forwardedHost(from("10.0.0.1", headers), trusted)).toBe("bridge.example");
  expect(forwardedHost(from("203.0.113.7", headers), trusted)).toBeUndefined();
  expect(forwardedHost(from("10.0.0.1"), trusted)).toBeUndefined();
});
