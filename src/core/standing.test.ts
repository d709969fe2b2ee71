import { expect, it } from "vitest";
import { createMemoryStore } from "../stores/memory.ts";
import type { Caller } from "./bridge.ts";
import { noPolicy } from "./policy.ts";
import { localOperator, type Principal } from "./principal.ts";
import { shareReads } from "./shared-reads.ts";
import { createStandings } from "./standing.ts";

const principal: Principal = {
  id: "p_mac",
  kind: "machine",
  name: "mac",
  grants: [[{ permissions: ["read"], channels: ["mine:*"] }]],
};
const caller: Caller = {
  principal,
  signal: () => new AbortController().signal,
  via: "http",
  address: "10.0.0.2",
  agent: "worker",
};

const standingOf = createStandings(shareReads(createMemoryStore()), noPolicy);

it("is remembered for whoever calls again", () => {
  expect(standingOf({ ...caller })).toBe(standingOf(caller));
});

it.each([
  ["agent", { agent: "other" }],
  ["agent that has no name", { agent: undefined }],
  ["agent whose name is empty", { agent: "" }],
  ["agent called like a missing one", { agent: "undefined" }],
  ["address", { address: "10.0.0.3" }],
  ["caller without an address", { address: undefined }],
  ["way", { via: "mcp" as const }],
  ["principal", { principal: localOperator }],
  ["principal of the same words, whose rights may be others", { principal: { ...principal } }],
])("is not given to another %s", (_what, other) => {
  const [mine, theirs] = [standingOf(caller), standingOf({ ...caller, ...other })];
  expect(theirs).not.toBe(mine);
  expect(standingOf(caller)).toBe(mine);
});

it("says who calls, by which way and from where", () => {
  expect(standingOf(caller)).toMatchObject({
    via: "http",
    self: { name: "mac/worker" },
    source: { principal: "p_mac", address: "10.0.0.2" },
  });
});
