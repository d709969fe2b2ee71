import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs } from "./retry.ts";

const backoff = { firstMs: 500, mostMs: 30_000 };

describe("the pause after a failure", () => {
  it("is random below a bound that doubles, and stays bounded however many failures there were", () => {
    fc.assert(
      fc.property(fc.nat(), (failures) => {
        const ms = backoffMs(backoff, failures);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** failures));
      }),
    );
  });

  it("is at least as long as the bridge asks for", () => {
    expect(backoffMs(backoff, 0, 90_000)).toBeGreaterThanOrEqual(90_000);
    expect(backoffMs(backoff, 0, 90_000)).toBeLessThanOrEqual(90_500);
  });
});
