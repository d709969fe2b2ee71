import type { Access } from "../core/access.ts";
import type { AuditEvent, AuditSource } from "../core/audit.ts";
import type { Clock } from "../core/clock.ts";
import type { BridgeError, ErrorCode } from "../core/errors.ts";
import { type Caps, defaultCaps } from "../core/limits.ts";
import type { BridgeIdentity } from "../core/pairing.ts";
import type { Store } from "../core/store.ts";
import { createAuthenticate } from "./authenticate.ts";
import { createDirectory } from "./directory.ts";
import { createEntrances } from "./entrances.ts";
import { createExpiry } from "./expiry.ts";
import { createFailures } from "./failures.ts";
import { createFreezes, frozen } from "./freezes.ts";
import { createPrincipals } from "./principals.ts";
import { createRates } from "./rates.ts";
import { createRecords } from "./records.ts";
import { createRepeatedEvents } from "./repeated-events.ts";
import { createRules } from "./rules.ts";
import { createTokens } from "./tokens.ts";
import { createUses } from "./uses.ts";
import { createWakeRules } from "./wake-rules.ts";

export interface AccessOptions {
  readonly store: Pick<Store, "registry" | "audit" | "epoch">;
  readonly clock: Clock;
  /** The one token that whoever comes may have. */
  readonly sharedToken?: string | undefined;
  /** A token of this start, for the commands of whoever operates the bridge. */
  readonly operatorToken?: string | undefined;
  /** Other machines may come without a credential. */
  readonly isOpenToNetwork: boolean;
  /** Each message is written into the audit too. */
  readonly auditsMessages?: boolean;
  /** The limits in force; asked with every message. */
  readonly caps?: () => Pick<Caps, "maxMessagesPerMinute" | "maxBytesPerMinute">;
  /** By what those who come know the bridge; unless told, by its epoch. */
  readonly identity?: (() => BridgeIdentity) | undefined;
  readonly log: AccessLog;
}

/** The part of a log that is written to. It is never given a credential. */
export interface AccessLog {
  error(details: object, message: string): void;
}

/** Reads who there is from the store, and follows what any process changes of it. */
export async function createAccess(options: AccessOptions): Promise<Access> {
  const { store, clock, auditsMessages = false, caps = () => defaultCaps, log } = options;
  const failed = (what: string) => (error: unknown) => log.error({ err: error }, what);
  const records = await createRecords(store.registry, failed("the records could not be read again"));
  const principals = createPrincipals(records, clock);
  const uses = createUses(records, clock, failed("the last use of credentials could not be written down"));
  const events = createRepeatedEvents(clock, store.audit.record, failed("refusals could not be audited"));
  const failures = createFailures(clock, events);
  const expiry = createExpiry(records, clock);
  const rates = createRates(clock, caps);
  const tokens = createTokens(records, uses, clock);
  const onError = failed("the last use of sessions could not be written down");
  const { epoch } = store;
  const { pairing, browserSessions, sessions } = createEntrances({ ...options, records, principals, epoch, onError });

  return {
    ...createAuthenticate({ ...options, records, principals, sessions, uses, failures }),
    pairing,
    sessions: browserSessions,
    tokens,
    directory: createDirectory(records, tokens, clock),
    rules: createRules(records, clock),
    freezes: createFreezes(records, clock),
    wakeRules: createWakeRules(records, clock),
    audit: store.audit,
    traffic: rates.lastMinute,

    isCurrent: principals.isCurrent,
    watch(wake) {
      const unwatch = [records.watch(wake), expiry.watch(wake)];
      return () => unwatch.forEach((stop) => stop());
    },
    refuse: (principal, draft) =>
      frozen(records, principal, draft) ?? rates.take(principal, Buffer.byteLength(draft.content)),
    refuseFrozen: (principal, channel) => frozen(records, principal, { channel }),
    recordRefusal(error, source) {
      const event = refusalEvent(error, source);
      if (event !== undefined) events.note(`${event.principal} ${error.code}`, event);
    },
    auditsMessages: () => auditsMessages,

    async close() {
      expiry.close();
      await uses.close();
      await events.close();
      await sessions.settled();
      records.close();
    },
  };
}

/** Only what somebody may not do: what is wrong or too much is nobody's concern. */
function refusalEvent({ code, message }: BridgeError, source: AuditSource): AuditEvent | undefined {
  return refusals.has(code) ? { ...source, event: "policy_refused", detail: `${code}: ${message}` } : undefined;
}

const refusals: ReadonlySet<ErrorCode> = new Set(["forbidden", "frozen", "secret_refused"]);
