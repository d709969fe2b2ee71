import type { AuditSource } from "../core/audit.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import type { NewToken, TokenRow, Tokens } from "../core/tokens.ts";
import { findPrincipal } from "./find-principal.ts";
import { plannedPrincipal } from "./new-principal.ts";
import type { Kept } from "./record-bodies.ts";
import { put, type Records } from "./records.ts";
import { hashSecret, mintId, mintToken } from "./token.ts";
import type { Uses } from "./uses.ts";

export function createTokens(records: Records, uses: Pick<Uses, "last">, clock: Clock): Tokens {
  const rowOf = (credential: Kept<"credential">) => toRow(credential, records, uses, clock.now());

  function find(id: string): Kept<"credential"> {
    const found = records.get("credential", id);
    if (found === undefined) throw new BridgeError("not_found", `there is no credential '${id}'`, { field: "id" });
    return found;
  }

  return {
    list: () => records.all("credential").map(rowOf),

    async create(wanted, source) {
      const { id, text: token } = mintToken(mintId());
      await records.change(() => planToken(records, wanted, { id, token, now: clock.now() }, source));
      return { token, row: rowOf(find(id)) };
    },

    async rotate(id, graceMs, source) {
      const { text: token } = mintToken(id);
      const until = await records.change(() => {
        const { version, ...body } = find(id);
        const now = clock.now();
        if (isOver(body, now)) {
          throw new BridgeError("conflict", `credential '${id}' is over; make a new one`, { field: "id" });
        }
        const end = now + graceMs;
        // The newest that still lives; whatever is older ends now.
        const [last] = body.secrets.filter((secret) => isLive(secret, now)).toReversed();
        const before =
          last === undefined || graceMs === 0 ? [] : [{ ...last, until: Math.min(end, last.until ?? end) }];
        const secrets = [...before, { hash: hashSecret(token), createdAt: now }];
        const event = { ...source, event: "token_rotate", detail: `credential ${id}` } as const;
        return { changes: [put("credential", id, { ...body, secrets }, { version })], events: [event], result: end };
      });
      return { token, id, until };
    },

    async revoke(id, source) {
      await records.change(() => {
        const { version, ...body } = find(id);
        if (body.revokedAt !== undefined) return { changes: [], events: [], result: undefined };
        const change = put("credential", id, { ...body, revokedAt: clock.now() }, { version });
        const event = { ...source, event: "token_revoke", detail: `credential ${id}` } as const;
        return { changes: [change], events: [event], result: undefined };
      });
      return rowOf(find(id));
    },
  };
}

interface Minted {
  readonly id: string;
  readonly token: string;
  readonly now: number;
}

/** The credential, and its principal when that is new. */
function planToken(records: Records, { whose, ...granted }: NewToken, minted: Minted, source: AuditSource) {
  const { id, token, now } = minted;
  const { permissions, channels, lifetimeMs } = granted;
  const { principal, changes } =
    "principal" in whose
      ? { principal: findPrincipal(records, whose.principal), changes: [] }
      : plannedPrincipal({ records, ...whose, now, by: source.principal });
  if (principal.revokedAt !== undefined) throw new BridgeError("conflict", `'${principal.name}' was revoked`);
  const body = {
    principal: principal.id,
    permissions: [...permissions],
    channels: [...channels],
    secrets: [{ hash: hashSecret(token), createdAt: now }],
    createdAt: now,
    createdBy: source.principal,
    expiresAt: lifetimeMs === undefined ? undefined : now + lifetimeMs,
  };
  const detail = `credential ${id} for ${principal.name}: ${permissions.join(", ")} in ${channels.join(", ")}`;
  return {
    changes: [...changes, put("credential", id, body)],
    events: [{ ...source, event: "token_create", detail } as const],
    result: undefined,
  };
}

const isLive = ({ until = Infinity }: { readonly until?: number | undefined }, now: number) => until > now;

const isOver = ({ revokedAt, expiresAt = Infinity }: Pick<TokenRow, "revokedAt" | "expiresAt">, now: number) =>
  revokedAt !== undefined || expiresAt <= now;

function toRow(credential: Kept<"credential">, records: Records, uses: Pick<Uses, "last">, now: number): TokenRow {
  const { id, permissions, channels, createdAt, createdBy, expiresAt, revokedAt, secrets } = credential;
  const { id: principal, principalKind: kind, name } = findPrincipal(records, credential.principal);
  const { at: lastUsedAt, address: lastAddress } = uses.last(id) ?? {};
  return {
    id,
    principal: { id: principal, kind, name },
    permissions,
    channels,
    createdAt,
    createdBy,
    expiresAt,
    revokedAt,
    lastUsedAt,
    lastAddress,
    secrets: isOver(credential, now) ? 0 : secrets.filter((secret) => isLive(secret, now)).length,
  };
}
