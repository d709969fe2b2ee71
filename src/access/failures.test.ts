import { describe, expect, it } from "vitest";
import type { AuditEvent } from "../core/audit.ts";
import { maxWatchedAddresses, maxWrongCredentials, wrongCredentialMs } from "../core/limits.ts";
import { createFakeClock } from "../testing/fake-clock.ts";
import { createFailures } from "./failures.ts";

const set = () => {
  const clock = createFakeClock();
  const events: AuditEvent[] = [];
  const failures = createFailures(clock, { note: (_key, event) => void events.push(event) });
  const codes = (address: string, count: number) => Array.from({ length: count }, () => failures.count(address).code);
  return { clock, events, failures, codes };
};
const allowed = Array.from({ length: maxWrongCredentials }, () => "unauthorized");

describe("wrong credentials", () => {
  it("of an address are told so at first, and then that they are too many", () => {
    const { codes } = set();
    expect(codes("10.0.0.1", maxWrongCredentials + 2)).toEqual([...allowed, "limit_reached", "limit_reached"]);
    expect(codes("10.0.0.2", 1)).toEqual(["unauthorized"]);
  });

  it("may be tried again when the answer says so", () => {
    const { clock, codes, failures } = set();
    codes("10.0.0.1", maxWrongCredentials);
    const refusal = failures.count("10.0.0.1");
    expect(refusal).toMatchObject({ code: "limit_reached", retryAfterSeconds: wrongCredentialMs / 1000 });
    clock.advance(wrongCredentialMs);
    expect(codes("10.0.0.1", 2)).toEqual(["unauthorized", "limit_reached"]);
    clock.advance(maxWrongCredentials * wrongCredentialMs);
    expect(codes("10.0.0.1", maxWrongCredentials + 1)).toEqual([...allowed, "limit_reached"]);
  });

  it("of all addresses of one IPv6 network count as one", () => {
    const { codes } = set();
    codes("2001:db8::1", maxWrongCredentials);
    expect(codes("2001:db8::2", 1)).toEqual(["limit_reached"]);
    expect(codes("2001:db8:0:1::2", 1)).toEqual(["unauthorized"]);
  });

  it("are counted for so many addresses at most: the one that was wrong the longest ago is forgotten", () => {
    const { codes } = set();
    codes("first", maxWrongCredentials);
    for (let number = 0; number < maxWatchedAddresses; number += 1) codes(`other ${number}`, 1);
    expect(codes("first", 1)).toEqual(["unauthorized"]);
  });

  it("are written down with where they came from, and nothing of them", () => {
    const { events, failures } = set();
    failures.count("10.0.0.1");
    failures.over({ id: "c_1", principal: "p_1" }, "10.0.0.2");
    expect(events).toEqual([
      { event: "credential_refused", principal: "nobody", address: "10.0.0.1", detail: "wrong credential" },
      {
        event: "credential_refused",
        principal: "p_1",
        credential: "c_1",
        address: "10.0.0.2",
        detail: "expired or revoked",
      },
    ]);
  });
});
