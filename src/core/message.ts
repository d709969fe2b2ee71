import type { AuditSource } from "./audit.ts";
import type { Provenance } from "./provenance.ts";
import type { Addressee } from "./receipt.ts";

/** The vocabulary of the bridge. No I/O, no dependencies. */

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** `<project>:<role>` by convention; any string that `fields.channel` accepts. */
export type ChannelName = Brand<string, "ChannelName">;
/** The name under which a reader's cursor is kept by the bridge. */
export type ConsumerId = Brand<string, "ConsumerId">;
/** Opaque to clients. Ours carry the store's epoch and the seq (`message-id.ts`); imported ones keep their old form. */
export type MessageId = Brand<string, "MessageId">;

/**
 * A position in the bridge's log. Strictly increasing over the whole bridge, never reused (not even after a
 * clear), gaps allowed; entries become visible in its order. `beginning` is before every entry.
 */
export type Seq = Brand<number, "Seq">;

export const beginning = 0 as Seq;

/** What a sender asks to append. */
export interface Draft {
  readonly channel: ChannelName;
  readonly sender: string;
  /** Text, or the canonical JSON of an envelope (`envelope.ts`). Stored and returned byte for byte. */
  readonly content: string;
  /** Scoped to (channel, sender). Lives exactly as long as the message it made. */
  readonly idempotencyKey?: string | undefined;
  /** Written down by the bridge, never by the sender; without it nothing is known. */
  readonly provenance?: Provenance | undefined;
  /** Has the message written into the audit in the same transaction. */
  readonly audit?: AuditSource | undefined;
  /** For whom it is: each gets a receipt, made with the message. */
  readonly addressees?: readonly Addressee[] | undefined;
  /** The message that it answers, and as whom: of these, those that it was for become `answered`, or else the first. */
  readonly answers?: { readonly seq: Seq; readonly as: readonly string[] } | undefined;
}

interface Logged {
  readonly seq: Seq;
  /** The channel's entry before this one, 0 for its first: a reader that is not there has missed something. */
  readonly prev: Seq;
  readonly id: MessageId;
  readonly channel: ChannelName;
  /** When the accepting node appended it: milliseconds since the Unix epoch, possibly with a fraction. */
  readonly acceptedAt: number;
}

export interface Message extends Logged {
  readonly kind: "message";
  readonly sender: string;
  readonly content: string;
  readonly provenance: Provenance;
}

/** Marks that everything before it in the channel was deleted. */
export interface Cleared extends Logged {
  readonly kind: "cleared";
  /** How many messages the clear deleted. */
  readonly count: number;
  /** Who did it; undefined where that was not written down. */
  readonly by?: string | undefined;
}

/**
 * Says that a clear was undone: the messages before it are there again. Stands where the clear stood, and once more at
 * the end, for those who have read on from there.
 */
export interface Restored extends Logged {
  readonly kind: "restored";
  /** How many messages came back. */
  readonly count: number;
  /** Who undid it, and where the clear stood, who had cleared. */
  readonly by?: string | undefined;
}

/** A channel is an ordered log of entries; there is nothing else in it. */
export type Entry = Message | Cleared | Restored;

export const isMessage = (entry: Entry): entry is Message => entry.kind === "message";
