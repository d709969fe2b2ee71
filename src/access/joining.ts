import type { AuditEvent, AuditSource } from "../core/audit.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import { maxWrongTries } from "../core/limits.ts";
import type { Amendment } from "../core/registry.ts";
import { formatTime } from "../core/time.ts";
import { type Invitation, type Invitations, stateOf } from "./invitations.ts";
import { readJoinCode } from "./join-code.ts";
import { plannedPrincipal } from "./new-principal.ts";
import type { Kept } from "./record-bodies.ts";
import { type Plan, put, type Records } from "./records.ts";
import type { WrongCodes } from "./wrong-codes.ts";

/** Somebody new comes in with a join code. */
export interface Joining {
  /**
   * Makes its principal, and with `prove` what it will show from now on, in one step: of two who use one code at once
   * one comes in.
   *
   * @throws BridgeError `unauthorized` for a code that is wrong or over, `conflict` for a name that is taken and
   * `invalid_input` for one that is missing, both of which leave the code as it is; `limit_reached`.
   */
  join<Result>(coming: Coming, prove: Prove<Result>): Promise<Result>;
}

export interface Coming {
  readonly code: string;
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  /** Where a machine's code is of no use. */
  readonly isBrowser?: boolean | undefined;
}

export type Prove<Result> = (
  joined: Kept<"principal">,
  invitation: Invitation,
) => { readonly changes: readonly Amendment[]; readonly credential: string; readonly result: Result };

export interface JoiningOptions {
  readonly records: Records;
  readonly clock: Clock;
  readonly invitations: Invitations;
  readonly wrongCodes: WrongCodes;
}

export function createJoining(options: JoiningOptions): Joining {
  const { records, invitations, wrongCodes } = options;
  let last: Promise<unknown> = Promise.resolve();

  async function join<Result>(coming: Coming, prove: Prove<Result>): Promise<Result> {
    const { address } = coming;
    wrongCodes.admit(address);
    const code = readJoinCode(coming.code);
    if (code === undefined) {
      throw new BridgeError("invalid_input", "a join code has 8 letters and digits: K7QF-4TM2", { field: "code" });
    }
    let counted: Counted | undefined;
    const found = await records.change((): Plan<{ readonly came: Result } | undefined> => {
      const invitation = invitations.find(code);
      if (invitation !== undefined) return comeIn(invitation, coming, prove, options);
      // Once, however often this is planned.
      counted ??= wrongCodes.count(address);
      return wrongCode(address, counted, invitations);
    });
    if (found !== undefined) return found.came;
    throw new BridgeError(
      "unauthorized",
      `there is no such join code; after ${maxWrongTries} wrong tries every code that is out is worthless`,
      { field: "code" },
    );
  }

  return {
    // One after the other: they all change the same few records, and who plans again too often is refused.
    join(coming, prove) {
      const joined = last.then(() => join(coming, prove));
      last = joined.catch(() => undefined);
      return joined;
    },
  };
}

type Counted = ReturnType<WrongCodes["count"]>;

function wrongCode(address: string | undefined, { tries, isLast }: Counted, invitations: Invitations): Plan<undefined> {
  const source: AuditSource = { principal: nobody, address };
  const { changes, events } = invitations.countWrongTry(source);
  // The first and the last of an address: what lies between says nothing more, and would let it fill the audit.
  const told: readonly AuditEvent[] =
    tries === 1 || isLast ? [{ ...source, event: "code_refused", detail: `wrong code, try ${tries}` }] : [];
  return { changes, events: [...told, ...events], result: undefined };
}

/** In the audit, who has not come in. */
const nobody = "nobody";

function comeIn<Result>(
  invitation: Invitation,
  { name, address, isBrowser = false }: Coming,
  prove: Prove<Result>,
  { records, clock }: JoiningOptions,
): Plan<{ readonly came: Result }> {
  const now = clock.now();
  refuseOver(invitation, records, now);
  const { principalKind: kind } = invitation;
  if (isBrowser && kind !== "person") {
    throw new BridgeError("invalid_input", "this code is for a machine; run there: claude-bridge join", {
      field: "code",
    });
  }
  const wanted = invitation.name ?? name;
  if (wanted === undefined) throw new BridgeError("invalid_input", `missing or empty: name`, { field: "name" });
  const { principal, changes } = plannedPrincipal({ records, kind, name: wanted, now, by: invitation.createdBy });
  const proof = prove(principal, invitation);
  const used = put("invitation", invitation.id, { ...invitation, usedAt: now, usedBy: principal.id }, invitation);
  const source: AuditSource = { principal: principal.id, credential: proof.credential, address };
  return {
    changes: [used, ...changes, ...proof.changes],
    events: [{ ...source, event: "join", detail: `${kind} ${principal.name}, code ${invitation.id}` }],
    result: { came: proof.result },
  };
}

/** Who has the right code may know what became of it. */
function refuseOver(invitation: Invitation, records: Records, now: number): void {
  const state = stateOf(invitation, now);
  if (state === "out") return;
  const by = records.get("principal", invitation.usedBy ?? "")?.name ?? "somebody";
  const reasons = {
    used: `was used by ${by} at ${formatTime(invitation.usedAt ?? 0)}`,
    revoked: "was taken back",
    burnt: `is worthless after ${maxWrongTries} wrong tries`,
    expired: `expired at ${formatTime(invitation.expiresAt)}`,
  } as const;
  const message = `this join code ${reasons[state]}; ask for a new one`;
  throw new BridgeError("unauthorized", message, { field: "code" });
}
