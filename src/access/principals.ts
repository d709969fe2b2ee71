import type { Clock } from "../core/clock.ts";
import { type Grant, type Principal, stranger, tokenHolder } from "../core/principal.ts";
import type { Kept } from "./record-bodies.ts";
import type { Records } from "./records.ts";

/** What proves a principal: a credential, by one of its secrets, or a browser's session. */
export type Proof = Kept<"credential"> | Kept<"session">;

/**
 * The principals as the records have them. While nothing changes the same proof gives the same object, so that whoever
 * holds one can ask whether it is still true.
 */
export interface Principals {
  /**
   * Undefined when the proof has expired or was revoked, and when its principal is, or is not there. `secretHash` is of
   * the credential's secret that was shown: what it has opened ends with it.
   */
  of(proof: Proof, secretHash?: string): Principal | undefined;
  /** Whoever has the shared token. */
  holder(): Principal;
  /** Whoever comes from another machine without a credential, where that is allowed. */
  stranger(): Principal;
  isCurrent(principal: Principal): boolean;
}

interface Known {
  readonly principal: Principal;
  readonly text: string;
  readonly generation: number;
  readonly secretHash: string | undefined;
}

export function createPrincipals(records: Records, clock: Clock): Principals {
  const known = new Map<string, Known>();
  const keys = new WeakMap<Principal, string>();

  /** The object of before when nothing of it has changed. Looked at once in each generation of the records. */
  function remember(key: string, make: () => Principal, secretHash?: string): Principal {
    const [before, generation] = [known.get(key), records.generation()];
    if (before?.generation === generation) return before.principal;
    const made = make();
    const text = JSON.stringify(made);
    const principal = before?.text === text ? before.principal : made;
    known.set(key, { principal, text, generation, secretHash });
    keys.set(principal, key);
    return principal;
  }

  function of(proof: Proof, secretHash?: string): Principal | undefined {
    const who = proof.principal === tokenHolder.id ? tokenHolder : principalOf(records, proof.principal);
    if (who === undefined || isOver(proof, clock.now()) || hasLostCredential(proof, records, clock.now())) {
      return undefined;
    }
    const make = (): Principal => {
      const { id, kind, name, formerly } = who;
      const given: Grant = { permissions: proof.permissions, channels: proof.channels };
      return { id, kind, name, formerly, credential: proof.id, grants: [[given], ...rulesFor(records, id)] };
    };
    return remember(`${proof.id} ${secretHash ?? ""}`, make, secretHash);
  }

  const underRules = (principal: Principal): Principal => {
    const rules = rulesFor(records, principal.id);
    return rules.length === 0 ? principal : { ...principal, grants: [...principal.grants, ...rules] };
  };

  const unnamed = {
    holder: () => remember("holder", () => underRules(tokenHolder)),
    stranger: () => remember("stranger", () => underRules(stranger)),
  };

  // Proofs that are gone for good would be remembered for ever.
  records.watch(() => {
    for (const [key, { principal }] of known) if (!isCurrent(principal)) known.delete(key);
  });

  function isCurrent(principal: Principal): boolean {
    const { credential } = principal;
    if (credential !== undefined) {
      const { secretHash } = known.get(keys.get(principal) ?? "") ?? {};
      const proof = liveProof(records, credential, secretHash, clock.now());
      return proof !== undefined && of(proof, secretHash) === principal;
    }
    const again = Object.entries(unnamed).find(([key]) => key === keys.get(principal))?.[1];
    return again === undefined || again() === principal;
  }

  return { of, ...unnamed, isCurrent };
}

/** The proof, while the secret that was shown is one of its own. */
function liveProof(records: Records, id: string, secretHash: string | undefined, now: number): Proof | undefined {
  const credential = records.get("credential", id);
  if (credential === undefined || secretHash === undefined) return credential ?? records.get("session", id);
  const isLive = credential.secrets.some(({ hash, until = Infinity }) => hash === secretHash && until > now);
  return isLive ? credential : undefined;
}

function principalOf(
  records: Records,
  principal: string,
): Pick<Principal, "id" | "kind" | "name" | "formerly"> | undefined {
  const record = records.get("principal", principal);
  if (record === undefined || record.revokedAt !== undefined) return undefined;
  return { id: record.id, kind: record.principalKind, name: record.name, formerly: record.formerly };
}

/** A session ends with the credential that opened it. */
function hasLostCredential(proof: Proof, records: Records, now: number): boolean {
  if (!("credential" in proof) || proof.credential === undefined) return false;
  const credential = records.get("credential", proof.credential);
  return credential === undefined || isOver(credential, now);
}

function isOver(proof: Proof, now: number): boolean {
  if ("revokedAt" in proof && proof.revokedAt !== undefined) return true;
  return proof.expiresAt !== undefined && proof.expiresAt <= now;
}

/**
 * A layer of grants while the rules are asked at all; none while the bridge is open to everybody in it. They are about
 * channels: whether somebody administers the bridge they leave as it is.
 */
function rulesFor(records: Records, principal: string): readonly (readonly Grant[])[] {
  if (records.get("policy", "rules")?.isClosed !== true) return [];
  const rules = records.all("rule").filter(({ subject }) => subject === principal || subject === "*");
  const administration: Grant = { permissions: ["admin"], channels: ["*"] };
  return [[administration, ...rules.map(({ permissions, channels }) => ({ permissions, channels }))]];
}
