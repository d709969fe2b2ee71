import type { AuditSource } from "./audit.ts";
import type { Caller } from "./bridge.ts";
import { type GuardedStore, guardStore } from "./guarded-store.ts";
import { type Self, selfOf } from "./mailboxes.ts";
import type { Policy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import type { Via } from "./provenance.ts";
import { createRecentMap, type RecentMap } from "./recent-map.ts";
import type { SharedStore } from "./shared-reads.ts";

/** All that follows from who calls, from where and by which way, whatever is called. */
export interface Standing {
  readonly via: Via;
  /** The agent that calls, where it says who it is. */
  readonly self: Self | undefined;
  /** The caller, as the audit is told of it. */
  readonly source: AuditSource;
  /** The store as the caller may use it. */
  readonly store: GuardedStore;
}

/** Agents of one principal whose standing is remembered; those of more are made anew now and then. */
const mostRemembered = 128;

/**
 * The standing of whoever calls. Making one costs more than most of what a call does, and nothing in it changes: a
 * principal whose rights change is another object (`access/principals.ts`). So it is remembered as long as its principal.
 */
export function createStandings(store: SharedStore, policy: Policy): (caller: Caller) => Standing {
  const remembered = new WeakMap<Principal, RecentMap<Standing>>();

  function make({ principal, via = "unknown", address, agent }: Caller): Standing {
    const self = selfOf(principal, agent);
    const source = { principal: principal.id, credential: principal.credential, address };
    return { via, self, source, store: guardStore(store, { principal, via, address, self }, policy) };
  }

  function allOf(principal: Principal): RecentMap<Standing> {
    const all = createRecentMap<Standing>(mostRemembered);
    remembered.set(principal, all);
    return all;
  }

  return (caller) => {
    const { principal, via, address = "nowhere", agent } = caller;
    const known = remembered.get(principal) ?? allOf(principal);
    // No way and no address has a blank in it, so no agent can be called so that it is taken for another caller.
    const key = agent === undefined ? `${via} ${address}` : `${via} ${address} ${agent}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(caller);
    known.set(key, made);
    return made;
  };
}
