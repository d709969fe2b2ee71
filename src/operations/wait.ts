import { z } from "zod";
import { BridgeError } from "../core/errors.ts";
import { next } from "../core/feed.ts";
import * as fields from "../core/fields.ts";
import { maxWaitSeconds } from "../core/limits.ts";
import type { Entry, Seq } from "../core/message.ts";
import { type Context, defineOperation } from "../core/operation.ts";
import type { Scope } from "../core/scope.ts";
import { cursorInput, isNews, type Start, startOf } from "./cursor.ts";
import { noteGiven, placesOf } from "./digest.ts";
import { fit, pageOf, pageOutput, staleCursor } from "./receive.ts";
import { nextMail } from "./inbox.ts";
import { scopeInput, scopeOf } from "./scope-input.ts";
import { stopAfter } from "./stop-after.ts";

export const wait = defineOperation({
  name: "wait",
  title: "Wait for messages",
  summary: "Wait for the next message after the cursor. Costs nothing while it waits: prefer one long wait to polling.",
  permission: "read",
  effect: "reads",
  input: z.object({
    ...scopeInput,
    ...cursorInput,
    limit: fields.limit.default(20),
    timeout_seconds: z.number().min(0).max(maxWaitSeconds).default(600).describe("up to 86400, default 600"),
  }),
  output: pageOutput.extend({
    channel: z.string().optional(),
    channels: z.array(z.string()).optional(),
    timed_out: z.boolean(),
    mail: z.boolean().optional().describe("It ended early: something came for you that is in none of these channels"),
  }),

  async run({ channel, channels, limit, timeout_seconds: timeoutSeconds, ...cursor }, context) {
    const scope = scopeOf({ channel, channels });
    const asked = { channel, channels, consumer_id: cursor.consumer_id };
    const start = await startOf(context.store, scope, cursor);
    if (start === undefined) return { ...asked, ...staleCursor, timed_out: false };
    const leave = context.waits.enter(
      context.principal,
      `too many wait calls are open (${context.caps.maxWaits}); try again later`,
    );
    const timeout = stopAfter(timeoutSeconds * 1000, context.signal());
    const mail = await watchMail(context, timeout);
    try {
      const page = await unread(scope, start, limit, context, timeout.signal);
      if (page.length === 0 && context.signal().aborted) throw waitCutShort();
      noteGiven(context, cursor.consumer_id, placesOf(scope.names, start.in, page));
      const result = await pageOf(page, start, scope, "parsed", context.store);
      const ended = { timed_out: page.length === 0 && !mail.hasCome(), ...(mail.hasCome() ? { mail: true } : {}) };
      return { ...asked, ...result, next_cursor: result.next_cursor ?? cursor.since_id, ...ended };
    } finally {
      timeout.cancel();
      leave();
      mail.stop();
    }
  },
});

interface Mail {
  hasCome(): boolean;
  stop(): void;
}

/**
 * An agent that waits by itself is woken by whatever comes for it from now on, wherever that is: then its wait ends. Of
 * one that has a shim, the shim sees to that.
 */
async function watchMail(context: Context, { signal, stop }: ReturnType<typeof stopAfter>): Promise<Mail> {
  const { self, via, agents, principal, store } = context;
  if (self === undefined || via !== "mcp") return { hasCome: () => false, stop: () => undefined };
  const leave = agents.enter({ name: self.name, principal }, "wait");
  let hasCome = false;
  const lastSeq = await store.lastSeq();
  nextMail(context, lastSeq, 1, signal).then(
    (mail) => {
      hasCome = mail !== undefined;
      if (hasCome) stop();
    },
    // The bridge is closing: the wait hears of that itself.
    () => undefined,
  );
  return { hasCome: () => hasCome, stop: leave };
}

/** Its caller is gone, and hears nothing, or the bridge is stopping, and may be there again at once. */
const waitCutShort = () =>
  new BridgeError("closing", "the bridge is stopping; call again in a moment with the same cursor, nothing is missed");

/** The next entries that are news: a consumer of several channels has acknowledged some of them already. */
async function unread(scope: Scope, start: Start, limit: number, { store }: Context, signal: AbortSignal) {
  let after: Seq = start.earliest;
  for (;;) {
    const page = fit(await next(store, scope, { after, limit, signal }));
    const last = page.at(-1);
    const news: readonly Entry[] = page.filter((entry) => isNews(entry, start));
    if (last === undefined || news.length > 0) return news;
    after = last.seq;
  }
}
