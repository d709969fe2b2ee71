import type { Access } from "../core/access.ts";
import type { Clock } from "../core/clock.ts";
import type { Store } from "../core/store.ts";
import { createAuthenticate } from "./authenticate.ts";
import { createPrincipals } from "./principals.ts";
import { createRecords } from "./records.ts";

export interface AccessOptions {
  readonly store: Pick<Store, "registry" | "audit">;
  readonly clock: Clock;
  /** The one token that whoever comes may have. */
  readonly sharedToken?: string | undefined;
  /** A token of this start, for the commands of whoever operates the bridge. */
  readonly operatorToken?: string | undefined;
  /** Other machines may come without a credential. */
  readonly isOpenToNetwork: boolean;
  /** Each message is written into the audit too. */
  readonly auditsMessages?: boolean;
  readonly log: AccessLog;
}

/** The part of a log that is written to. It is never given a credential. */
export interface AccessLog {
  error(details: object, message: string): void;
}

/** Reads who there is from the store, and follows what any process changes of it. */
export async function createAccess(options: AccessOptions): Promise<Access> {
  const { store, clock, auditsMessages = false, log } = options;
  const records = await createRecords(store.registry, (error) => {
    log.error({ err: error }, "the records could not be read again");
  });
  const principals = createPrincipals(records, clock);
  const { authenticate, asksForCredential } = createAuthenticate({ ...options, records, principals });

  return {
    authenticate,
    asksForCredential,
    isCurrent: principals.isCurrent,
    watch: records.watch,
    refuse: () => undefined,
    auditsMessages: () => auditsMessages,
    async close() {
      records.close();
    },
  };
}
