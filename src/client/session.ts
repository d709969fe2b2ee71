import { ask } from "./retry.ts";
import { askOnce } from "./request.ts";
import type { CallOptions, Settings } from "./settings.ts";
import { fieldsOf, flag, isFields, text, time } from "./shape.ts";

/** Who a page's browser is, by the cookie that the bridge gave it. */
export interface Session {
  readonly isSignedIn: boolean;
  /** Whether the bridge answers only those whom it knows. */
  readonly asksForCredential: boolean;
  readonly who: { readonly id: string; readonly kind: string; readonly name: string } | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number | undefined;
}

/** With the code of a sign-in link or of an invitation for a person, or with a token. */
export type SigningIn = { readonly code: string; readonly name?: string | undefined } | { readonly token: string };

/** For pages of the bridge itself: elsewhere the cookie counts for nothing. */
export interface SessionCalls {
  session(options?: CallOptions): Promise<Session>;
  /** Rejects with `unauthorized` for a code or token that is wrong, or was used. */
  signIn(how: SigningIn, options?: CallOptions): Promise<Session>;
  signOut(options?: CallOptions): Promise<Session>;
}

const path = "/api/session";

export function createSessionCalls(settings: Settings): SessionCalls {
  return {
    session: async (call) => sessionFrom(await ask(settings, { path }, call)),
    // Once: a second try would count as a second wrong code.
    async signIn(how, call) {
      const asking = "token" in how ? { ...settings, token: how.token } : settings;
      const body = "token" in how ? {} : { code: how.code, name: how.name };
      return sessionFrom(await askOnce(asking, { path, body }, call?.signal));
    },
    signOut: async (call) => sessionFrom(await askOnce(settings, { path, method: "DELETE" }, call?.signal)),
  };
}

function sessionFrom(value: unknown): Session {
  const fields = fieldsOf(value);
  const { principal } = fields;
  return {
    isSignedIn: flag(fields, "authenticated"),
    asksForCredential: flag(fields, "auth_required"),
    who: isFields(principal)
      ? { id: text(principal, "id"), kind: text(principal, "kind"), name: text(principal, "name") }
      : undefined,
    expiresAt: fields["expires_at"] === undefined ? undefined : time(fields, "expires_at"),
  };
}
