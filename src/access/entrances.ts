import type { BrowserSessions } from "../core/browser-sessions.ts";
import type { Clock } from "../core/clock.ts";
import { fingerprintWords } from "../core/fingerprint.ts";
import type { BridgeIdentity, Pairing } from "../core/pairing.ts";
import { createBrowserSessions } from "./browser-sessions.ts";
import { createInvitations } from "./invitations.ts";
import { createJoining } from "./joining.ts";
import { createPairing } from "./pairing.ts";
import type { Principals } from "./principals.ts";
import type { Records } from "./records.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { createSignInLinks } from "./sign-in-links.ts";
import { createSignIn } from "./sign-in.ts";
import { hashSecret } from "./token.ts";
import { createWrongCodes } from "./wrong-codes.ts";

export interface EntrancesOptions {
  readonly records: Records;
  readonly principals: Pick<Principals, "of">;
  readonly clock: Clock;
  readonly epoch: string;
  readonly sharedToken?: string | undefined;
  readonly identity?: (() => BridgeIdentity) | undefined;
  readonly onError: (error: unknown) => void;
}

/** How those come in who have no credential yet, and browsers. One count of wrong codes is over all of it. */
export function createEntrances(options: EntrancesOptions): {
  readonly pairing: Pairing;
  readonly browserSessions: BrowserSessions;
  readonly sessions: Sessions;
} {
  const { records, clock, epoch } = options;
  const wrongCodes = createWrongCodes(clock);
  const invitations = createInvitations({ records, clock, epoch });
  const joining = createJoining({ records, clock, invitations, wrongCodes });
  const sessions = createSessions(options);
  const links = createSignInLinks({ records, clock, epoch });
  const signIn = createSignIn({ records, clock, sessions, links, joining, wrongCodes });
  const { identity = () => ({ name: "bridge", words: fingerprintWords(Buffer.from(hashSecret(epoch), "hex")) }) } =
    options;
  return {
    pairing: createPairing({ invitations, joining, clock, identity }),
    browserSessions: createBrowserSessions({ records, sessions, signIn, links }),
    sessions,
  };
}
