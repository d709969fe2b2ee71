import type { MessageId, Seq } from "./message.ts";

/**
 * A message id is a UUIDv8 (RFC 9562, section 5.8) made of the store's epoch and the seq, 60 bits each:
 * `eeeeeeee-eeee-8eee-8sss-ssssssssssss`. So an id needs no index, a cursor is arithmetic, and an id of
 * another store is known at once.
 */

/** 15 hexadecimal digits, minted when a store is created and kept for its life. */
export type Epoch = string;

const hexDigits = 15;

export function mintEpoch(): Epoch {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, hexDigits);
}

export function messageId(epoch: Epoch, seq: Seq): MessageId {
  const tail = seq.toString(16).padStart(hexDigits, "0");
  const id = `${epoch.slice(0, 8)}-${epoch.slice(8, 12)}-8${epoch.slice(12)}-8${tail.slice(0, 3)}-${tail.slice(3)}`;
  return id as MessageId;
}

/** The seq that `id` stands for in the store with this epoch, whether or not its entry still exists. */
export function seqOf(epoch: Epoch, id: string): Seq | undefined {
  const seq = Number.parseInt(id.slice(20, 23) + id.slice(24), 16) as Seq;
  return Number.isSafeInteger(seq) && messageId(epoch, seq) === id ? seq : undefined;
}
