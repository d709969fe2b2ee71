import type { AuditTrail } from "./audit.ts";
import type { Directory } from "./directory.ts";
import type { BrowserSessions } from "./browser-sessions.ts";
import { BridgeError } from "./errors.ts";
import type { Freezes } from "./freezes.ts";
import { noPolicy, type Policy } from "./policy.ts";
import type { Pairing } from "./pairing.ts";
import { localOperator, type Principal } from "./principal.ts";
import type { Rules } from "./rules.ts";
import type { Tokens } from "./tokens.ts";
import type { Traffic } from "./traffic.ts";
import type { WakeRules } from "./wake-rules.ts";

/**
 * Who there is, what they may, and how they prove it. Faces ask it who a request is from, the bridge asks it as its
 * policy, and operations change it. Nothing else sees a credential.
 */
export interface Access extends Policy {
  /**
   * Who a request is from. From memory: it is asked with every request.
   *
   * @throws BridgeError `unauthorized` for a credential that is wrong, also where none is asked for, and for none where
   * one is; `limit_reached` for the next wrong one of an address that has given too many; `forbidden` for another machine
   * without one.
   */
  authenticate(credentials: Credentials): Principal;
  /** Whether a request without a credential is refused. */
  asksForCredential(): boolean;
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly rules: Rules;
  readonly freezes: Freezes;
  readonly wakeRules: WakeRules;
  readonly audit: Pick<AuditTrail, "rows" | "newest" | "verify">;
  /** Who has sent in the last minute. */
  traffic(): readonly Traffic[];
  readonly pairing: Pairing;
  readonly sessions: BrowserSessions;
  /** Writes down what it has kept back, and ends its timers. Before the store closes. */
  close(): Promise<void>;
}

/** What a face takes out of a request. */
export interface Credentials {
  /** What the Authorization header says; empty when it is there and has no bearer token in it. */
  readonly bearer?: string | undefined;
  /** From the URL: for EventSource, which cannot send headers. It does not mend a header that is wrong. */
  readonly queryToken?: string | undefined;
  /** A browser's session. Asked only when there is no header. */
  readonly cookie?: string | undefined;
  /** The address that the request came from, where there is one. */
  readonly address?: string | undefined;
  /** The request was made on this machine, and no proxy has brought it from another. */
  readonly isLocal: boolean;
}

const noRecords = () => Promise.reject(new BridgeError("not_found", "this bridge keeps no records of who there is"));
const nobody = () => [];
const nothing = () => Promise.resolve([]);

/** Of a bridge that knows nobody: within a program. */
export const noAccess: Access = {
  ...noPolicy,
  authenticate({ isLocal }) {
    if (isLocal) return localOperator;
    throw new BridgeError("forbidden", "this bridge knows nobody, so it serves its own machine only");
  },
  asksForCredential: () => false,
  directory: { list: nobody, rename: noRecords, revoke: noRecords },
  tokens: { list: nobody, create: noRecords, rotate: noRecords, revoke: noRecords },
  rules: { list: nobody, mode: () => "open", set: noRecords, remove: noRecords, setMode: noRecords },
  freezes: { list: nobody, freeze: noRecords, unfreeze: noRecords },
  wakeRules: { list: nobody, set: noRecords, remove: noRecords },
  audit: { rows: nothing, newest: nothing, verify: noRecords },
  traffic: nobody,
  pairing: {
    list: nobody,
    invite: noRecords,
    revoke: noRecords,
    join: noRecords,
    identity: () => ({ name: "bridge", words: "" }),
  },
  sessions: {
    of: () => undefined,
    openFor: noRecords,
    openWith: noRecords,
    end: () => Promise.resolve(),
    list: nobody,
    revoke: noRecords,
    signInLink: noRecords,
  },
  close: () => Promise.resolve(),
};
