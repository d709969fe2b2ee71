import type { AuditSource } from "./audit.ts";
import { BridgeError } from "./errors.ts";
import { maxAuditDetail } from "./limits.ts";
import { isMessage, type Message, type MessageId } from "./message.ts";
import { messageId } from "./message-id.ts";
import type { Self } from "./mailboxes.ts";
import { isVerified, may, type Principal } from "./principal.ts";
import { isWithdrawn } from "./question.ts";
import { hasEnded, type Receipt } from "./receipt.ts";
import type { Store } from "./store.ts";

/** What a sender may still do about what it has sent, and an administrator about what anybody has. */
export interface GuardedFates {
  /**
   * The message, if the caller may withdraw it.
   *
   * @throws BridgeError `forbidden` for another's, whether there is one or not; `conflict` for what is answered.
   */
  requireWithdrawable(id: MessageId): Promise<Message>;
  /**
   * Nobody needs to answer it any more: what has not been read expires, of the rest it is only said. Answers with all
   * receipts that are withdrawn now.
   *
   * @throws BridgeError as `requireWithdrawable`.
   */
  withdraw(id: MessageId, reason: string): Promise<readonly Receipt[]>;
  /** Lets what is held of the message go on, in the audit too. For administrators. @throws BridgeError `not_found`. */
  release(id: MessageId): Promise<readonly Receipt[]>;
}

export interface Fate {
  readonly principal: Principal;
  readonly self?: Self | undefined;
  readonly address?: string | undefined;
}

type Kept = Pick<Store, "receipts" | "find" | "epoch" | "audit">;

export function guardFates(store: Kept, { principal, self, address }: Fate): GuardedFates {
  const { receipts, epoch } = store;
  const source: AuditSource = { principal: principal.id, credential: principal.credential, address };
  const isAdmin = may(principal, "admin");

  async function find(id: MessageId): Promise<Message | undefined> {
    const entry = await store.find(id);
    return entry !== undefined && isMessage(entry) ? entry : undefined;
  }

  /** Of those who share a credential, or have none, each has only its name. */
  const isOwn = ({ provenance, sender }: Message) =>
    provenance.principal === principal.id && (isVerified(principal) || self?.name === sender);

  async function requireWithdrawable(id: MessageId): Promise<Message> {
    const message = await find(id);
    if (!isAdmin && (message === undefined || !isOwn(message))) {
      throw new BridgeError("forbidden", "id: only who asked, or an administrator, can withdraw it", { field: "id" });
    }
    if (message === undefined) throw noMessage();
    const answered = (await receipts.of([message.seq])).find(
      ({ why, answer }) => why !== undefined && answer !== undefined,
    );
    if (answered?.answer === undefined) return message;
    const text = `id: ${answered.agent} has answered it, with ${messageId(epoch, answered.answer)}`;
    throw new BridgeError("conflict", text, { field: "id" });
  }

  return {
    requireWithdrawable,

    async withdraw(id, reason) {
      const { seq } = await requireWithdrawable(id);
      const asked = (await receipts.of([seq])).filter(isPending);
      await receipts.record(asked.map(({ agent }) => ({ seq, agent, state: "expired" as const, reason, due: null })));
      return (await receipts.of([seq])).filter(isWithdrawn);
    },

    async release(id) {
      if (!isAdmin) throw new BridgeError("forbidden", `${principal.name} has no right to admin`);
      const message = await find(id);
      if (message === undefined) throw noMessage();
      const { seq, channel } = message;
      const held = (await receipts.of([seq])).filter(({ state }) => state === "held");
      const released = await receipts.record(held.map(({ agent }) => ({ seq, agent, state: "stored" as const })));
      if (released.length === 0) return released;
      const detail = `for ${released.map(({ agent }) => agent).join(", ")}`;
      await store.audit.record([
        { ...source, event: "release", channel, seq, detail: detail.slice(0, maxAuditDetail) },
      ]);
      return released;
    },
  };
}

const isPending = (receipt: Receipt) => receipt.why !== undefined && !hasEnded(receipt.state) && !isWithdrawn(receipt);

const noMessage = () => new BridgeError("not_found", "id: no such message", { field: "id" });
