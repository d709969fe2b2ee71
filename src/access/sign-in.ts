import type { AuditSource } from "../core/audit.ts";
import type { Browser } from "../core/browser-sessions.ts";
import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import { givenTo, type Principal } from "../core/principal.ts";
import type { Joining } from "./joining.ts";
import type { Kept } from "./record-bodies.ts";
import { put, type Records, remove } from "./records.ts";
import type { PlannedSession, Sessions } from "./sessions.ts";
import { isSignInCode, type SignInLinks } from "./sign-in-links.ts";
import { mintId } from "./token.ts";
import type { WrongCodes } from "./wrong-codes.ts";

/** The ways into a browser's session. Each answers with the cookie, which is shown here and never again. */
export interface SignIn {
  /** With a credential that the request proved: the session has its rights, and ends with it. */
  withCredential(principal: Principal, browser: Browser): Promise<string>;
  /**
   * With the code of a sign-in link, or with a person's join code and a name.
   *
   * @throws BridgeError `unauthorized`, `invalid_input`, `conflict`, `limit_reached`: see `Joining`.
   */
  withCode(given: { readonly code: string; readonly name?: string | undefined }, browser: Browser): Promise<string>;
}

export interface SignInOptions {
  readonly records: Records;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly links: SignInLinks;
  readonly joining: Joining;
  readonly wrongCodes: WrongCodes;
}

export function createSignIn(options: SignInOptions): SignIn {
  const { records, sessions, joining, clock } = options;
  return {
    async withCredential(principal, browser) {
      const { id, credential, kind } = principal;
      if (kind === "local") {
        throw new BridgeError("forbidden", "there is no session for this; claude-bridge open prints a sign-in link");
      }
      const opened = await records.change(() => {
        const session = sessions.planned({ ...givenTo(principal), principal: id, credential, createdBy: id }, browser);
        return { changes: session.changes, events: [session.event], result: session };
      });
      return opened.cookie;
    },

    withCode({ code, name }, browser) {
      if (isSignInCode(code)) return withLink(code, browser, options);
      const { address } = browser;
      return joining.join({ code, name, address, isBrowser: true }, (joined, { permissions, channels, createdBy }) => {
        const now = clock.now();
        // It has no secret. It says what the person may, wherever they are signed in.
        const body = { principal: joined.id, permissions, channels, secrets: [], createdAt: now, createdBy };
        const credential = mintId();
        const owner = { principal: joined.id, credential, permissions, channels, createdBy };
        const session: PlannedSession = sessions.planned(owner, browser);
        return {
          changes: [put("credential", credential, body), ...session.changes],
          credential: session.id,
          result: session.cookie,
        };
      });
    },
  };
}

async function withLink(
  code: string,
  browser: Browser,
  { records, sessions, links, wrongCodes }: SignInOptions,
): Promise<string> {
  const { address } = browser;
  wrongCodes.admit(address);
  const cookie = await records.change(() => {
    const link = links.find(code);
    if (link === undefined) return { changes: [], events: [], result: undefined };
    const session = sessions.planned(ownerOf(link), browser);
    return {
      changes: [remove("signInLink", link), ...session.changes],
      events: [session.event],
      result: session.cookie,
    };
  });
  if (cookie !== undefined) return cookie;
  await refuse(records, wrongCodes.count(address), { principal: "nobody", address });
  throw new BridgeError(
    "unauthorized",
    "this sign-in link is wrong, was used, or is older than 2 minutes; ask for a new one",
    {
      field: "code",
    },
  );
}

const ownerOf = ({ principal, credential, permissions, channels, createdBy }: Kept<"signInLink">) => ({
  principal,
  credential,
  permissions,
  channels,
  createdBy,
});

/** The first and the last of an address are told by the audit. */
async function refuse(records: Records, { tries, isLast }: ReturnType<WrongCodes["count"]>, source: AuditSource) {
  if (tries !== 1 && !isLast) return;
  const detail = `wrong sign-in link, try ${tries}`;
  await records.change(() => ({
    changes: [],
    events: [{ ...source, event: "code_refused", detail }],
    result: undefined,
  }));
}
