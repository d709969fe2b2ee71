import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { credentialsIn } from "./credentials.ts";

/** What is in a request with these headers, of which nothing else is looked at. */
const inRequest = (headers: Record<string, string>, address = "127.0.0.1", queryToken?: string) =>
  credentialsIn({ headers } as unknown as IncomingMessage, address, queryToken);

describe("the credential in a request", () => {
  it.each([
    [{ authorization: "Bearer abc" }, "abc"],
    [{ authorization: "bearer   abc  " }, "abc"],
    [{ authorization: "Basic abc" }, ""],
    [{ authorization: "Bearer" }, ""],
    [{ authorization: "" }, ""],
    [{}, undefined],
  ] as const)("in the header of %j is %j", (headers, bearer) => {
    expect(inRequest({ ...headers }).bearer).toBe(bearer);
  });

  it("in the URL counts when it is not empty", () => {
    expect(inRequest({}, "::1", "abc").queryToken).toBe("abc");
    expect(inRequest({}, "::1", "").queryToken).toBeUndefined();
  });

  it("of a browser is in a cookie of ours, among others", () => {
    const cookie = "theme=dark; claude_bridge_session=s_1.abc; other=claude_bridge_session=x";
    expect(inRequest({ cookie }).cookie).toBe("s_1.abc");
    expect(inRequest({ cookie: "theme=dark" }).cookie).toBeUndefined();
  });
});

describe("a request", () => {
  it.each<[string, Record<string, string>, boolean]>([
    ["127.0.0.1", {}, true],
    ["127.9.9.9", {}, true],
    ["::1", {}, true],
    ["127.0.0.1", { "x-forwarded-for": "127.0.0.1" }, true],
    ["127.0.0.1", { "x-forwarded-for": "10.0.0.2" }, false],
    ["127.0.0.1", { forwarded: "for=unknown" }, false],
    ["10.0.0.2", {}, false],
    ["10.0.0.2", { "x-forwarded-for": "127.0.0.1" }, false],
    ["", {}, false],
  ])("from %j with %j is of this machine: %j", (address, headers, isLocal) => {
    expect(inRequest(headers, address).isLocal).toBe(isLocal);
  });
});
