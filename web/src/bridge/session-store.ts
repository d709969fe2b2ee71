import type { BridgeClient, Session, SigningIn, Timer } from "../../../src/client/index.ts";
import type { Clock } from "../../../src/core/clock.ts";
import type { Permission } from "../../../src/core/principal.ts";
import { createListeners } from "../../../src/core/listeners.ts";
import { createSignInLink, isPassing } from "./sign-in-link.ts";

/** Whose page it is, and what they may. */
export interface OpenSession extends Session {
  /** In some channel at least. */
  readonly permissions: readonly Permission[];
}

export type SessionState =
  | { readonly kind: "opening" }
  /** The bridge does not answer; it is asked again then, in milliseconds since the Unix epoch. */
  | { readonly kind: "away"; readonly retryAt: number }
  /** It answers, and that it will not have us. */
  | { readonly kind: "refused"; readonly error: Error }
  /** It asks who this is; `refusal` is why the link that somebody came with does not say. */
  | { readonly kind: "unknown"; readonly refusal: Error | undefined }
  /** With another `round`, what was read before is to be read anew. */
  | { readonly kind: "open"; readonly session: OpenSession; readonly round: number }
  /** It was open, and is not any more. */
  | { readonly kind: "ended"; readonly session: OpenSession; readonly round: number; readonly at: number };

/** Who is signed in at this page. */
export interface SessionStore {
  snapshot(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Asks the bridge at once who this is. */
  open(): Promise<void>;
  /** Rejects as the client does. */
  signIn(how: SigningIn): Promise<void>;
  /** Ends the session, or finds that there was none. */
  signOut(): Promise<void>;
  /** Something says that the session is another, or over. */
  check(): Promise<void>;
  /** What was read may have holes: it is to be read anew. */
  renew(): void;
}

export interface SessionStoreOptions {
  readonly client: Pick<BridgeClient, "session" | "whoAmI" | "signIn" | "signOut">;
  /** Of the link that the page was opened with. */
  readonly linkCode: string | undefined;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Tells the other tabs that the session is another. */
  readonly announce: () => void;
}

/** So long until the bridge is asked again; the page is not drawn yet, so somebody waits for it. */
const retryMs = 4_000;
/** The store itself asks again, and says so meanwhile. */
const once = { patienceMs: 0 };

export function createSessionStore({ client, linkCode, clock, timer, announce }: SessionStoreOptions): SessionStore {
  const changed = createListeners();
  let state: SessionState = { kind: "opening" };
  const useLink = createSignInLink(client, linkCode);
  let checking: Promise<void> | undefined;
  let cancelRetry = () => {};

  function set(next: SessionState): void {
    state = next;
    changed.wakeAll();
  }

  const opened = async (session: Session): Promise<OpenSession> => ({
    ...session,
    permissions: (await client.whoAmI(once)).permissions,
  });

  async function open(): Promise<void> {
    cancelRetry();
    try {
      const link = await useLink();
      if (link.session !== undefined) announce();
      const session = link.session ?? (await client.session(once));
      if (isUnknown(session)) return set({ kind: "unknown", refusal: link.refusal });
      set({ kind: "open", session: await opened(session), round: 1 });
    } catch (error) {
      if (!isPassing(error)) return set({ kind: "refused", error: error as Error });
      cancelRetry = timer(retryMs, () => void open());
      set({ kind: "away", retryAt: clock.now() + retryMs });
    }
  }

  /** Whether it is the same still, another, or over. Without an answer it is what it was. */
  async function look(): Promise<void> {
    try {
      const session = await client.session(once);
      const found = isUnknown(session) ? undefined : await opened(session);
      set(found === undefined ? ended(state, clock.now()) : reopened(state, found));
    } catch {
      // That the bridge does not answer is told by the connection, and that it answers again too.
    }
  }

  const check = () => (checking ??= look().finally(() => (checking = undefined)));

  return {
    snapshot: () => state,
    subscribe: changed.add,
    open,
    async signIn(how) {
      const session = await opened(await client.signIn(how));
      const round = "round" in state ? state.round + 1 : 1;
      set({ kind: "open", session, round });
      announce();
    },
    async signOut() {
      await client.signOut();
      announce();
    },
    check,
    renew() {
      if (state.kind === "open") set({ ...state, round: state.round + 1 });
    },
  };
}

const isUnknown = ({ asksForCredential, isSignedIn }: Session) => asksForCredential && !isSignedIn;

const ended = (state: SessionState, at: number): SessionState =>
  state.kind === "open" ? { ...state, kind: "ended", at } : state;

function reopened(state: SessionState, session: OpenSession): SessionState {
  if (state.kind === "opening" || state.kind === "away") return state;
  const isSame = state.kind === "open" && isSameReader(state.session, session);
  const round = "round" in state ? state.round : 0;
  return { kind: "open", session, round: isSame ? round : round + 1 };
}

const isSameReader = (a: OpenSession, b: OpenSession) =>
  a.who?.id === b.who?.id && a.permissions.join() === b.permissions.join();
