import { expect, it } from "vitest";
import { createOpenWaits } from "./open-waits.ts";

it.each([
  ["demo:a", "demo:a", true],
  ["demo:a", "demo:ab", false],
  ["demo:*", "demo:worker", true],
  ["*:worker", "demo:worker", true],
  ["d*o:*r", "demo:worker", true],
  ["ab*ba", "aba", false],
  ["*", "anything", true],
])("a wait on %s answers with what comes in %s: %s", (scope, channel, isCovered) => {
  const waits = createOpenWaits(() => undefined);
  const leave = waits.enter([scope]);
  expect(waits.cover(channel)).toBe(isCovered);
  leave();
  expect(waits.cover(channel)).toBe(false);
});
