import { expect, it } from "vitest";
import { createDeliveries } from "./deliveries.ts";

const delivered: (readonly string[])[] = [];
const deliveries = createDeliveries((ids) => delivered.push(ids));
const result = (id: number) => ({ jsonrpc: "2.0", id, result: {} }) as const;

it("messages are delivered when the answer that has them has left, once, and by no other", () => {
  deliveries.answered(1, ["a", "b"]);
  deliveries.answered(2, ["c"]);
  deliveries.sent(result(3));
  deliveries.sent({ jsonrpc: "2.0", method: "notifications/progress" });
  expect(delivered).toEqual([]);
  deliveries.sent(result(1));
  deliveries.sent(result(1));
  deliveries.sent({ jsonrpc: "2.0", id: 2, error: { code: -32_603, message: "no" } });
  deliveries.sent(result(2));
  expect(delivered).toEqual([["a", "b"]]);
});
