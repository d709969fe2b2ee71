import type { ErrorCode } from "./errors.ts";
import { createGate, type Gate } from "./gate.ts";
import { isVerified, type Principal } from "./principal.ts";

/**
 * A gate that also keeps one of those who are known from taking all of its places. The others are everybody together,
 * and have no share of their own.
 */
export interface FairGate {
  /**
   * Lets one in; the returned function lets it out again, once.
   *
   * @throws BridgeError with the gate's code, and `message` where it is the gate that is full.
   */
  enter(principal: Principal, message: string): () => void;
  readonly inside: number;
  /** How many are in of the principal with this id. */
  insideOf(principal: string): number;
}

export interface FairGateOptions {
  readonly limit: () => number;
  /** Of one principal. */
  readonly share: () => number;
  readonly code: ErrorCode;
  /** What is let in, for people. */
  readonly what: string;
}

export function createFairGate({ limit, share, code, what }: FairGateOptions): FairGate {
  const all = createGate(limit, code);
  const byPrincipal = new Map<string, Gate>();

  function gateOf({ id, kind }: Principal): Gate {
    const known = byPrincipal.get(id);
    if (known !== undefined) return known;
    const gate = createGate(isVerified({ kind }) ? share : () => Infinity, code);
    byPrincipal.set(id, gate);
    return gate;
  }

  return {
    enter(principal, message) {
      const own = gateOf(principal);
      const leaveOwn = own.enter(`${principal.name} has as many ${what} open as it may (${share()})`);
      const leaveAll = enterOr(all, message, leaveOwn);
      return () => {
        leaveAll();
        leaveOwn();
        if (own.inside === 0) byPrincipal.delete(principal.id);
      };
    },
    get inside() {
      return all.inside;
    },
    insideOf: (principal) => byPrincipal.get(principal)?.inside ?? 0,
  };
}

function enterOr(gate: Gate, message: string, otherwise: () => void): () => void {
  try {
    return gate.enter(message);
  } catch (error) {
    otherwise();
    throw error;
  }
}
