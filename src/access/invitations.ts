import type { AuditEvent, AuditSource } from "../core/audit.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import { maxEndedInvitations, maxInvitations, maxWrongTries } from "../core/limits.ts";
import type { InvitationState } from "../core/pairing.ts";
import type { Amendment } from "../core/registry.ts";
import { hashCode, isCodeOf, mintJoinCode, showJoinCode } from "./join-code.ts";
import type { Kept, RecordBody } from "./record-bodies.ts";
import { put, type Records, remove } from "./records.ts";
import { mintId } from "./token.ts";

export type Invitation = Kept<"invitation">;

export type Invited = Pick<RecordBody<"invitation">, "principalKind" | "name" | "permissions" | "channels"> & {
  readonly ttlMs: number;
};

/** Join codes: who made one, and what it gives to whoever comes with it. */
export interface Invitations {
  /** The code is shown here and never again. @throws BridgeError `limit_reached`. */
  create(invited: Invited, source: AuditSource): Promise<{ readonly code: string; readonly invitation: Invitation }>;
  /** Those that are out, and those of late that are over, the newest first. */
  list(): readonly Invitation[];
  /** @throws BridgeError `not_found`. */
  revoke(id: string, source: AuditSource): Promise<Invitation>;
  /** Whose code it is, over or not. Compares with every one there is, so the time says nothing. */
  find(code: string): Invitation | undefined;
  /** What a wrong code does to all that are out. */
  countWrongTry(source: AuditSource): {
    readonly changes: readonly Amendment[];
    readonly events: readonly AuditEvent[];
  };
}

export interface InvitationsOptions {
  readonly records: Records;
  readonly clock: Clock;
  /** The bridge's, as salt. */
  readonly epoch: string;
}

export function createInvitations({ records, clock, epoch }: InvitationsOptions): Invitations {
  const live = () => records.all("invitation").filter((invitation) => stateOf(invitation, clock.now()) === "out");

  return {
    async create({ ttlMs, ...invited }, source) {
      const [id, code, now] = [mintId(), mintJoinCode(), clock.now()];
      const body: RecordBody<"invitation"> = {
        ...invited,
        codeHash: hashCode(code, epoch),
        createdAt: now,
        createdBy: source.principal,
        expiresAt: now + ttlMs,
        wrongTries: 0,
      };
      await records.change(() => {
        if (live().length >= maxInvitations) {
          const message = `there are ${maxInvitations} join codes out; revoke some, or wait until they expire`;
          throw new BridgeError("limit_reached", message);
        }
        const changes = [...forgotten(records, now), put("invitation", id, body)];
        return { changes, events: [{ ...source, event: "invite", detail: `code ${id}` }], result: undefined };
      });
      return { code: showJoinCode(code), invitation: { ...body, id, version: 1 } };
    },

    list: () => records.all("invitation").toSorted((a, b) => b.createdAt - a.createdAt),

    async revoke(id, source) {
      return records.change(() => {
        const invitation = records.get("invitation", id);
        if (invitation === undefined) throw new BridgeError("not_found", "there is no such join code", { field: "id" });
        if (stateOf(invitation, clock.now()) !== "out") return { changes: [], events: [], result: invitation };
        const revoked = { ...invitation, revokedAt: clock.now() };
        const changes = [put("invitation", id, revoked, invitation)];
        return { changes, events: [{ ...source, event: "invite", detail: `code ${id} revoked` }], result: revoked };
      });
    },

    find(code) {
      const [match] = records.all("invitation").filter(({ codeHash }) => isCodeOf(codeHash, code, epoch));
      return match;
    },

    countWrongTry(source) {
      const counted = live().map((invitation) => ({ ...invitation, wrongTries: invitation.wrongTries + 1 }));
      const burnt = counted.filter(({ wrongTries }) => wrongTries >= maxWrongTries);
      return {
        // It names none of them, so it may have been meant for any: whoever guesses at one guesses at all.
        changes: counted.map((invitation) => put("invitation", invitation.id, invitation, invitation)),
        events: burnt.map(({ id }) => ({ ...source, event: "code_refused", detail: `code ${id} is burnt` })),
      };
    },
  };
}

export function stateOf(invitation: Invitation, now: number): InvitationState {
  if (invitation.usedAt !== undefined) return "used";
  if (invitation.revokedAt !== undefined) return "revoked";
  if (invitation.wrongTries >= maxWrongTries) return "burnt";
  return invitation.expiresAt <= now ? "expired" : "out";
}

/** Those that are over and make room: the oldest, when too many are kept. */
function forgotten(records: Records, now: number): readonly Amendment[] {
  return records
    .all("invitation")
    .filter((invitation) => stateOf(invitation, now) !== "out")
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .slice(maxEndedInvitations - 1)
    .map((invitation) => remove("invitation", invitation));
}
