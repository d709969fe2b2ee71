import type { Clock } from "../core/clock.ts";
import type { Grant, Principal } from "../core/principal.ts";
import type { Kept } from "./record-bodies.ts";
import type { Records } from "./records.ts";

/** What proves a principal: a credential, or a browser's session. */
export type Proof = Kept<"credential"> | Kept<"session">;

/**
 * The principals as the records have them. While nothing changes the same proof gives the same object, so that whoever
 * holds one can ask whether it is still true.
 */
export interface Principals {
  /** Undefined when the proof has expired or was revoked, and when its principal is, or is not there. */
  of(proof: Proof): Principal | undefined;
  isCurrent(principal: Principal): boolean;
}

export function createPrincipals(records: Records, clock: Clock): Principals {
  const known = new Map<string, { readonly principal: Principal; readonly text: string }>();

  function of(proof: Proof): Principal | undefined {
    const record = records.get("principal", proof.principal);
    if (record === undefined || record.revokedAt !== undefined || isOver(proof, clock.now())) return undefined;
    const { id, principalKind: kind, name } = record;
    const given: Grant = { permissions: proof.permissions, channels: proof.channels };
    const made: Principal = { id, kind, name, credential: proof.id, grants: [[given], ...rulesFor(records, id)] };
    const text = JSON.stringify(made);
    const before = known.get(proof.id);
    if (before?.text === text) return before.principal;
    known.set(proof.id, { principal: made, text });
    return made;
  }

  return {
    of,
    isCurrent(principal) {
      const { credential } = principal;
      if (credential === undefined) return true;
      const proof = records.get("credential", credential) ?? records.get("session", credential);
      return proof !== undefined && of(proof) === principal;
    },
  };
}

function isOver(proof: Proof, now: number): boolean {
  if ("revokedAt" in proof && proof.revokedAt !== undefined) return true;
  return proof.expiresAt !== undefined && proof.expiresAt <= now;
}

/** A layer of grants while the rules are asked at all; none while the bridge is open to everybody in it. */
function rulesFor(records: Records, principal: string): readonly (readonly Grant[])[] {
  if (records.get("policy", "rules")?.isClosed !== true) return [];
  const rules = records.all("rule").filter(({ subject }) => subject === principal || subject === "*");
  return [rules.map(({ permissions, channels }) => ({ permissions, channels }))];
}
