import { type Bell, createBell } from "./bell.ts";
import type { Receipts } from "./receipts.ts";

/** Changes that are looked through at once. */
const pageSize = 500;

/** Agents that wait for mail. A thousand of them share one look at what changed, and only whom it is for is rung. */
export interface MailBells {
  /**
   * Rings after each change of what is for one of the mailboxes, by any process, and when it is not known for whom one
   * was. Resolves with the unsubscribe as soon as no change is missed any more.
   */
  watch(mailboxes: readonly string[], ring: () => void): Promise<() => void>;
}

export function createMailBells(receipts: Pick<Receipts, "changes" | "lastChange" | "watch">): MailBells {
  const byMailbox = new Map<string, Set<() => void>>();
  /** Resolves when changes are heard of; undefined while nobody waits for any. */
  let listening: Promise<void> | undefined;

  async function listen(): Promise<void> {
    const bell = createBell();
    const unwatch = receipts.watch(bell.ring);
    const stop = () => {
      unwatch();
      listening = undefined;
    };
    try {
      void hear(bell, await receipts.lastChange(), stop);
    } catch (error) {
      stop();
      throw error;
    }
  }

  /** Until nobody waits any more. */
  async function hear(bell: Bell, from: number, stop: () => void): Promise<void> {
    for (let seen = from; ;) {
      await bell.wait();
      if (byMailbox.size === 0) return stop();
      try {
        const changes = await receipts.changes(seen, pageSize);
        for (const mailbox of new Set(changes.map(({ agent }) => agent))) ringAll(byMailbox.get(mailbox));
        seen = changes.at(-1)?.change ?? seen;
        if (changes.length === pageSize) bell.ring();
      } catch {
        // Whoever is rung asks for itself, and is told what is wrong.
        for (const rings of byMailbox.values()) ringAll(rings);
      }
    }
  }

  function leave(mailboxes: readonly string[], ring: () => void): void {
    for (const mailbox of mailboxes) {
      const rings = byMailbox.get(mailbox);
      rings?.delete(ring);
      if (rings?.size === 0) byMailbox.delete(mailbox);
    }
  }

  return {
    async watch(mailboxes, given) {
      // Our own wrapper, so that the same callback may watch twice.
      const ring = () => given();
      for (const mailbox of mailboxes) {
        byMailbox.set(mailbox, (byMailbox.get(mailbox) ?? new Set()).add(ring));
      }
      try {
        await (listening ??= listen());
      } catch (error) {
        leave(mailboxes, ring);
        throw error;
      }
      return () => leave(mailboxes, ring);
    },
  };
}

function ringAll(rings: Iterable<() => void> = []): void {
  for (const ring of rings) ring();
}
