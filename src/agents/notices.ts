import { sealEnvelope } from "../core/envelope.ts";
import type { Draft } from "../core/message.ts";
import { bridgeName, type Notice } from "../core/notice.ts";
import type { Store } from "../core/store.ts";

/** Appends what the bridge itself says: it wakes whom it is for, and has a receipt like any other message. */
export function createNotices(store: Pick<Store, "append">): (notice: Notice) => Promise<void> {
  return async (notice) => {
    // Nobody reads what is for the bridge, so a notice about a notice would be told to nobody.
    if (notice.to === bridgeName) return;
    const [appended] = await store.append([draftOf(notice)]);
    const isTold = appended?.kind === "refused" && appended.error.code === "idempotency_conflict";
    if (appended?.kind === "refused" && !isTold) throw appended.error;
  };
}

/** Made of nothing but the notice, so that two processes write the same. */
function draftOf({ about, to, type, text, key }: Notice): Draft {
  const envelope = { schema_version: 1 as const, type, content: text, recipient: to, reply_to: about.messageId };
  return {
    channel: about.channel,
    sender: bridgeName,
    content: sealEnvelope(envelope),
    idempotencyKey: key,
    // It replies to what it is about for readers only: the question is not answered by it.
    addressees: [{ agent: to, why: "addressed" }],
    provenance: { principal: bridgeName, kind: "service", via: "bridge", hops: 0 },
  };
}
