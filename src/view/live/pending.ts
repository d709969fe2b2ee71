import type { BridgeClient, CallOptions, Outgoing, Sent } from "../../client/index.ts";
import { mintKey } from "../../client/send.ts";
import type { ReceivedMessage } from "../../client/index.ts";

/** A message that was sent from here: on its way, stored and not yet seen on the stream, or failed. */
export interface Pending {
  readonly key: string;
  readonly outgoing: Outgoing;
  /** When it was written, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly sent: Sent | undefined;
  /** Why it failed; then nobody knows whether it was stored, and the same key may be sent again. */
  readonly error: Error | undefined;
}

/** What was sent from here and is not to be seen on the stream yet. */
export interface Outbox {
  list(): readonly Pending[];
  /**
   * Sends, and shows it at once. Rejects as `client.send` does, and keeps it to be sent again or dropped.
   */
  send(outgoing: Outgoing, options?: CallOptions): Promise<Sent>;
  /** Sends a failed one once more, under its key: so it is stored once. */
  retry(key: string, options?: CallOptions): Promise<Sent>;
  drop(key: string): void;
  /** The stream has brought it. */
  arrived(messages: readonly ReceivedMessage[]): void;
}

export function createOutbox(
  client: Pick<BridgeClient, "send">,
  now: () => number,
  changed: () => void,
  unsent: readonly Pending[] = [],
): Outbox {
  let all = unsent;
  /** Came on the stream before the answer did. */
  const early = new Set<string>();
  /** One after the other: what was written first arrives first, also when the bridge was away. */
  let before: Promise<unknown> = Promise.resolve();

  function set(next: readonly Pending[]): void {
    all = next;
    changed();
  }

  const replace = (key: string, change: Partial<Pending>) =>
    set(all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const drop = (key: string) => set(all.filter((one) => one.key !== key));

  function run(one: Pending, options?: CallOptions): Promise<Sent> {
    const sent = before.then(() => sendNow(one, options));
    before = sent.catch(() => {});
    return sent;
  }

  async function sendNow({ key, outgoing }: Pending, options?: CallOptions): Promise<Sent> {
    try {
      const sent = await client.send({ ...outgoing, idempotencyKey: key }, options);
      if (early.delete(sent.id)) drop(key);
      else replace(key, { sent });
      return sent;
    } catch (error) {
      replace(key, { error: error instanceof Error ? error : new Error(String(error)) });
      throw error;
    }
  }

  return {
    list: () => all,
    send(outgoing, options) {
      const one = { key: mintKey(), outgoing, at: now(), sent: undefined, error: undefined };
      set([...all, one]);
      return run(one, options);
    },
    async retry(key, options) {
      const one = all.find((pending) => pending.key === key);
      if (one === undefined) throw new Error("there is nothing of this key to send again");
      replace(key, { error: undefined });
      return run(one, options);
    },
    drop,
    arrived(messages) {
      if (all.length === 0) return;
      const ids = new Set<string>(messages.map(({ id }) => id));
      const isUnanswered = all.some(({ sent, error }) => sent === undefined && error === undefined);
      if (isUnanswered) for (const id of ids) early.add(id);
      else early.clear();
      if (all.some(({ sent }) => sent !== undefined && ids.has(sent.id))) {
        set(all.filter(({ sent }) => sent === undefined || !ids.has(sent.id)));
      }
    },
  };
}
