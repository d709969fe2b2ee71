import type { BrowserSessions, OpenedSession, SessionRow } from "../core/browser-sessions.ts";
import { givenTo, tokenHolder } from "../core/principal.ts";
import type { Records } from "./records.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { SignIn } from "./sign-in.ts";
import type { SignInLinks } from "./sign-in-links.ts";

export interface BrowserSessionsOptions {
  readonly records: Records;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly links: SignInLinks;
}

/** Sessions as faces and operations see them. */
export function createBrowserSessions({ records, sessions, signIn, links }: BrowserSessionsOptions): BrowserSessions {
  function opened(cookie: string): OpenedSession {
    const found = sessions.of(cookie);
    if (found === undefined) throw new Error("a session ended while it was opened");
    const { principal, session } = found;
    return { cookie, principal, expiresAt: session.expiresAt, until: session.until };
  }

  function rowOf(session: Session): SessionRow {
    const { id, principal, createdAt, lastUsedAt, expiresAt, address, browser } = session;
    const owner = records.get("principal", principal);
    const { kind, name } = owner === undefined ? tokenHolder : { kind: owner.principalKind, name: owner.name };
    return { id, principal: { id: principal, kind, name }, createdAt, lastUsedAt, expiresAt, address, browser };
  }

  return {
    of(cookie) {
      const found = sessions.of(cookie);
      return found === undefined ? undefined : { principal: found.principal, expiresAt: found.session.expiresAt };
    },
    openFor: async (principal, browser) => opened(await signIn.withCredential(principal, browser)),
    openWith: async (code, browser) => opened(await signIn.withCode(code, browser)),
    end: sessions.end,
    list: () => sessions.list().map(rowOf),
    revoke: async (id, source) => rowOf(await sessions.revoke(id, source)),
    signInLink: (name, { principal, source }) => links.create(name, { given: givenTo(principal), source }),
  };
}
