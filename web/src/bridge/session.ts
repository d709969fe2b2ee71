import { useSyncExternalStore } from "react";
import { systemTimer } from "../../../src/client/timer.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { client, onUnauthorized } from "./client.ts";
import { createSessionStore, type SessionState } from "./session-store.ts";

/**
 * The code of a sign-in link is taken out of the address before anything else: it must not stay where one goes back to.
 * A browser's list of visited pages has it all the same; by then it was used.
 */
const linkCode = takeLinkCode();

function takeLinkCode(): string | undefined {
  const code = /^#signin=([\w-]+)$/.exec(location.hash)?.[1];
  if (code !== undefined) history.replaceState(null, "", location.pathname + location.search);
  return code;
}

/** All tabs have one session: when it becomes another in one of them, the others look again. */
const tabs = new BroadcastChannel("claude-bridge.session");

/** The session of this page. */
export const session = createSessionStore({
  client,
  linkCode,
  clock: systemClock,
  timer: systemTimer,
  announce: () => tabs.postMessage("changed"),
});

const check = () => void session.check();
tabs.addEventListener("message", check);
onUnauthorized(check);
void session.open();

export const useSessionState = (): SessionState => useSyncExternalStore(session.subscribe, session.snapshot);
