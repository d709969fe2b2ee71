/** A second process on the database at argv[2]: does what it is told over IPC, one thing at a time. */
import { next } from "../../src/core/feed.ts";
import type { ChannelName, Draft, Seq } from "../../src/core/message.ts";
import { everything } from "../../src/core/scope.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";

export type Order =
  | { readonly order: "append"; readonly drafts: readonly Draft[] }
  | { readonly order: "append one by one"; readonly drafts: readonly Draft[] }
  | { readonly order: "clear"; readonly channel: ChannelName }
  | { readonly order: "next"; readonly after: Seq };

const store = await openSqliteStore({ path: process.argv[2] ?? "" });

async function carryOut(order: Order): Promise<unknown> {
  switch (order.order) {
    case "append":
      return store.append(order.drafts);
    case "append one by one":
      for (const draft of order.drafts) await store.append([draft]);
      return "done";
    case "clear":
      return store.clear(order.channel);
    case "next": {
      const waiting = next(store, everything, { after: order.after, limit: 10, signal: AbortSignal.timeout(10_000) });
      process.send?.("waiting");
      return waiting;
    }
  }
}

process.on("message", (order: Order) => {
  void carryOut(order).then((answer) => process.send?.(answer ?? null));
});
process.on("disconnect", () => void store.close());
process.send?.("ready");
