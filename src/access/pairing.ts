import type { Clock } from "../core/clock.ts";
import type { BridgeIdentity, InvitationRow, Joined, Pairing } from "../core/pairing.ts";
import { type Invitation, type Invitations, stateOf } from "./invitations.ts";
import type { Joining, Prove } from "./joining.ts";
import { put } from "./records.ts";
import { hashSecret, mintId, mintToken } from "./token.ts";

export interface PairingOptions {
  readonly invitations: Invitations;
  readonly joining: Joining;
  readonly clock: Clock;
  readonly identity: () => BridgeIdentity;
}

/** Join codes as operations see them, and the token that one is exchanged for. */
export function createPairing({ invitations, joining, clock, identity }: PairingOptions): Pairing {
  const row = (invitation: Invitation) => rowOf(invitation, clock.now());

  /** The credential of whoever comes with the code, with its first secret. */
  const withToken: Prove<Joined> = (principal, { permissions, channels, createdBy }) => {
    const { id, text } = mintToken(mintId());
    const createdAt = clock.now();
    const secrets = [{ hash: hashSecret(text), createdAt }];
    const body = { principal: principal.id, permissions, channels, secrets, createdAt, createdBy };
    const { name, principalKind: kind } = principal;
    if (kind === "service") throw new Error("nobody invites a service");
    return {
      changes: [put("credential", id, body)],
      credential: id,
      result: { token: text, id, principal: { id: principal.id, kind, name }, permissions, channels },
    };
  };

  return {
    async invite({ permissions, channels, ...wanted }, source) {
      const given = { ...wanted, permissions: [...permissions], channels: [...channels] };
      const { code, invitation } = await invitations.create(given, source);
      return { code, row: row(invitation) };
    },
    list: () => invitations.list().map(row),
    revoke: async (id, source) => row(await invitations.revoke(id, source)),
    join: ({ code, name }, address) => joining.join({ code, name, address }, withToken),
    identity,
  };
}

function rowOf(invitation: Invitation, now: number): InvitationRow {
  const { codeHash: _, version: __, revokedAt: ___, ...row } = invitation;
  return { ...row, state: stateOf(invitation, now) };
}
