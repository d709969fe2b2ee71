import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { findUrls, isLoopback, networkAddresses, urlOf } from "./addresses.ts";

it("offers only URLs that a bridge answers at", async () => {
  const server = createServer((_request, response) => {
    response.end(JSON.stringify({ service: "claude-bridge", status: "online", version: "1.0.0" }));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const listening = { host: "127.0.0.1", port, isTls: false };
  expect(await findUrls(listening)).toEqual({ local: `http://localhost:${port}`, remote: [] });
  expect(await findUrls({ ...listening, isTls: true })).toEqual({ local: undefined, remote: [] });
  await new Promise((resolve) => server.close(resolve));
  expect(await findUrls(listening)).toEqual({ local: undefined, remote: [] });
});

it("takes for loopback only what no other machine can reach", () => {
  expect(["localhost", "127.0.0.1", "127.1.2.3", "::1"].filter(isLoopback)).toHaveLength(4);
  expect(["0.0.0.0", "::", "10.0.0.1", "127.example.org", "box"].filter(isLoopback)).toEqual([]);
});

it("gives other machines no address of loopback", () => {
  expect(networkAddresses("127.0.0.1")).toEqual([]);
  expect(networkAddresses("10.0.0.1")).toEqual(["10.0.0.1"]);
  expect(networkAddresses("0.0.0.0").filter((address) => isLoopback(address) || address.includes(":"))).toEqual([]);
});

it("writes IPv6 addresses as URLs have them", () => {
  expect(urlOf({ port: 1, isTls: false }, "fd00::1")).toBe("http://[fd00::1]:1");
  expect(urlOf({ port: 1, isTls: true }, "box.local")).toBe("https://box.local:1");
});
