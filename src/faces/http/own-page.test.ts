import { expect, it } from "vitest";
import { isFromOwnPage } from "./own-page.ts";

const host = "bridge.example:8765";
const own = "http://bridge.example:8765";
const other = "http://localhost:5173";

it.each([
  ["GET", undefined, undefined, true],
  ["GET", undefined, "same-origin", true],
  ["GET", undefined, "none", true],
  ["HEAD", undefined, undefined, true],
  ["GET", undefined, "same-site", false],
  ["GET", undefined, "cross-site", false],
  ["GET", other, undefined, false],
  ["GET", other, "same-site", false],
  ["POST", own, undefined, true],
  ["POST", own, "same-origin", true],
  ["POST", undefined, "same-origin", true],
  ["POST", undefined, undefined, false],
  ["POST", undefined, "none", false],
  ["POST", undefined, "same-site", false],
  ["POST", undefined, "cross-site", false],
  ["POST", own, "same-site", false],
  ["POST", own, "cross-site", false],
  ["POST", other, undefined, false],
  ["POST", other, "same-origin", false],
  ["POST", "null", undefined, false],
  ["POST", "http://bridge.example", undefined, false],
  ["DELETE", undefined, undefined, false],
  ["DELETE", own, "same-origin", true],
])("%s with Origin %s and Sec-Fetch-Site %s is from our page: %s", (method, origin, site, isOwn) => {
  const headers = { host, ...(origin && { origin }), ...(site && { "sec-fetch-site": site }) };
  expect(isFromOwnPage({ method, headers })).toBe(isOwn);
});

it("is from our page by the name that a trusted proxy says it has", () => {
  const headers = { host, origin: "https://outer.example" };
  expect(isFromOwnPage({ method: "POST", headers }, "outer.example")).toBe(true);
  expect(isFromOwnPage({ method: "POST", headers: { host, origin: own } }, "outer.example")).toBe(false);
});

it("is not from our page when it names no host", () => {
  expect(isFromOwnPage({ method: "POST", headers: { origin: own } })).toBe(false);
});
