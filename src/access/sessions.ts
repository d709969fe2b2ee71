import { randomBytes } from "node:crypto";
import type { AuditEvent, AuditSource } from "../core/audit.ts";
import type { Browser } from "../core/browser-sessions.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import {
  longestSessionMs,
  maxBrowserLength,
  maxBrowserSessions,
  maxSessionsPerPrincipal,
  sessionMs,
  sessionUseMs,
} from "../core/limits.ts";
import { type Grant, type Principal, tokenHolder } from "../core/principal.ts";
import type { Amendment } from "../core/registry.ts";
import type { Principals } from "./principals.ts";
import type { Kept, RecordBody } from "./record-bodies.ts";
import { put, type Records, remove } from "./records.ts";
import { hashSecret, isSecretOf, mintId } from "./token.ts";

export type Session = Kept<"session">;

/** Browsers that are signed in. What the cookie says is kept as a hash only, so that sessions outlive a restart. */
export interface Sessions {
  /** The session that the cookie proves and whose it is; undefined for a cookie that is wrong or over. From memory. */
  of(cookie: string): { readonly session: Session; readonly principal: Principal } | undefined;
  /** Remembers that it is in use, which keeps it; written down now and then. */
  use(session: Session, address: string | undefined): void;
  /** What opens a session, and ends the one that the browser had. @throws BridgeError `limit_reached`. */
  planned(owner: Owner, browser: Browser): PlannedSession;
  list(): readonly Session[];
  /** @throws BridgeError `not_found`. */
  revoke(id: string, source: AuditSource): Promise<Session>;
  /** Signs out. A cookie that is of no session is none to sign out of. */
  end(cookie: string, address: string | undefined): Promise<void>;
  /** Resolves when what was remembered is written. */
  settled(): Promise<void>;
}

/** Whose session it becomes, what it may, and by which credential. */
export interface Owner extends Grant {
  readonly principal: string;
  readonly credential?: string | undefined;
  readonly createdBy: string;
}

export interface PlannedSession {
  readonly id: string;
  readonly changes: readonly Amendment[];
  readonly event: AuditEvent;
  readonly cookie: string;
}

export interface SessionsOptions {
  readonly records: Records;
  readonly clock: Clock;
  readonly principals: Pick<Principals, "of">;
  readonly sharedToken?: string | undefined;
  readonly onError: (error: unknown) => void;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { records, clock, principals, sharedToken, onError } = options;
  const writing = new Map<string, Promise<void>>();

  function of(cookie: string) {
    const session = records.get("session", cookie.split(".", 1)[0] ?? "");
    if (session === undefined || !isSecretOf(session.secretHash, secretOf(session.principal, cookie, sharedToken))) {
      return undefined;
    }
    const principal = principals.of(session);
    return principal === undefined ? undefined : { session, principal };
  }

  async function writeUse(id: string, address: string | undefined): Promise<void> {
    const now = clock.now();
    await records.change(() => {
      const session = records.get("session", id);
      if (session === undefined) return { changes: [], events: [], result: undefined };
      const used = { ...session, lastUsedAt: now, expiresAt: Math.min(now + sessionMs, session.until), address };
      return { changes: [put("session", id, used, session)], events: [], result: undefined };
    });
  }

  return {
    of,

    use({ id, lastUsedAt }, address) {
      if (clock.now() - lastUsedAt < sessionUseMs || writing.has(id)) return;
      const written = writeUse(id, address)
        .catch(onError)
        .finally(() => writing.delete(id));
      writing.set(id, written);
    },

    planned(owner, browser) {
      const id = mintId();
      const cookie = `${id}.${randomBytes(32).toString("base64url")}`;
      const before = browser.cookie === undefined ? undefined : of(browser.cookie)?.session;
      const body = newSession(owner, browser, clock.now());
      const secretHash = hashSecret(secretOf(owner.principal, cookie, sharedToken));
      const changes = [
        ...madeRoom(records, { owner, before, now: clock.now() }),
        put("session", id, { ...body, secretHash }),
      ];
      const source = { principal: owner.principal, credential: id, address: browser.address };
      return { id, changes, cookie, event: { ...source, event: "session_open", detail: body.browser } };
    },

    list: () => records.all("session").filter((session) => principals.of(session) !== undefined),

    revoke: (id, source) => revoke(records, id, source),
    end: (cookie, address) => signOut(records, () => of(cookie)?.session, address),

    async settled() {
      await Promise.all(writing.values());
    },
  };
}

/**
 * What is hashed. With the shared token in it where that opened the session, so that another token ends the session,
 * and nobody who reads the hash can try tokens on it without the cookie.
 */
const secretOf = (principal: string, cookie: string, sharedToken: string | undefined) =>
  principal === tokenHolder.id ? `${cookie}.${sharedToken ?? ""}` : cookie;

function newSession(
  { principal, credential, createdBy, permissions, channels }: Owner,
  { address, name }: Browser,
  now: number,
): Omit<RecordBody<"session">, "secretHash"> {
  return {
    principal,
    credential,
    permissions: [...permissions],
    channels: [...channels],
    createdAt: now,
    createdBy,
    lastUsedAt: now,
    expiresAt: now + sessionMs,
    until: now + longestSessionMs,
    address,
    browser: name?.replaceAll(/\p{C}/gu, "").slice(0, maxBrowserLength),
  };
}

/** Ends what the new session takes the place of: the browser's last one, what is over, and one of too many. */
function madeRoom(
  records: Records,
  { owner, before, now }: { readonly owner: Owner; readonly before: Session | undefined; readonly now: number },
): readonly Amendment[] {
  const all = records.all("session");
  const ended = new Set(all.filter(({ id, expiresAt }) => expiresAt <= now || id === before?.id));
  const own = all.filter((session) => session.principal === owner.principal && !ended.has(session));
  const surplus = own.length + 1 - maxSessionsPerPrincipal;
  const unused = own.toSorted((a, b) => a.lastUsedAt - b.lastUsedAt).slice(0, Math.max(0, surplus));
  for (const session of unused) ended.add(session);
  if (all.length - ended.size >= maxBrowserSessions) {
    throw new BridgeError("limit_reached", `${maxBrowserSessions} browsers are signed in; revoke some sessions`);
  }
  return [...ended].map((session) => remove("session", session));
}

function revoke(records: Records, id: string, source: AuditSource): Promise<Session> {
  return records.change(() => {
    const session = records.get("session", id);
    if (session === undefined) throw new BridgeError("not_found", "there is no such session", { field: "id" });
    const detail = `session ${id} of ${session.principal}`;
    const event = { ...source, event: "session_revoke", detail } as const;
    return { changes: [remove("session", session)], events: [event], result: session };
  });
}

function signOut(records: Records, find: () => Session | undefined, address: string | undefined): Promise<void> {
  return records.change(() => {
    const session = find();
    if (session === undefined) return { changes: [], events: [], result: undefined };
    const source: AuditSource = { principal: session.principal, credential: session.id, address };
    const event = { ...source, event: "session_revoke", detail: "signed out" } as const;
    return { changes: [remove("session", session)], events: [event], result: undefined };
  });
}
