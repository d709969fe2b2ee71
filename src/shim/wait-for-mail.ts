import { operations } from "../operations/index.ts";
import { callRemote } from "./remote-call.ts";
import { inboxWaitSeconds } from "./limits.ts";
import type { Link } from "./link.ts";

/** What the bridge answers when there is mail, or when the time is over: each request waits as long as HTTP lets it. */
export async function waitForMail(link: Link, waitSeconds: number, limit: unknown, signal: AbortSignal) {
  for (let left = waitSeconds; ; left -= inboxWaitSeconds) {
    const seconds = Math.min(left, inboxWaitSeconds);
    const answer = await callRemote(link, operations.inbox, { limit, wait_seconds: seconds }, signal);
    if (left <= inboxWaitSeconds || wakes(answer)) return answer;
  }
}

/** What is quiet can wait until the agent looks. */
const wakes = (answer: unknown) =>
  (answer as { messages: readonly { quiet?: boolean }[] }).messages.some(({ quiet }) => quiet !== true);
