import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Hono } from "hono";
import type { Bridge } from "../../core/bridge.ts";
import { BridgeError } from "../../core/errors.ts";
import * as fields from "../../core/fields.ts";
import { maxScopeSize } from "../../core/limits.ts";
import { parseInput } from "../../core/parse.ts";
import { only, type Scope } from "../../core/scope.ts";
import { scopeFrom } from "../../operations/scope-input.ts";
import { z } from "zod";
import type { HttpContext, HttpEnv } from "./context.ts";
import { textChunk } from "./event-chunk.ts";
import { frame } from "./event-frames.ts";
import { openEventWriter } from "./event-writer.ts";
import { createExtras, type Extras, extrasInput, type OpenExtras } from "./event-extras.ts";
import { createHub, type Hub } from "./event-hub.ts";
import { createSeats, resumeAt, type Seats, streamEvents } from "./events.ts";
import type { Guard } from "./guard.ts";
import type { Heartbeat } from "./heartbeat.ts";
import type { HttpFaceOptions, Log } from "./options.ts";

const channelPrefix = "/events/channel/";
/** An id that was imported may hold what a header cannot, so it is percent-encoded. */
const cursorHeader = "Claude-Bridge-Cursor";
const cursor = extrasInput.extend({ since_id: fields.messageId.optional() });
const receiptsHeader = "Claude-Bridge-Receipts";

/** One channel by its name, or several channels and patterns, as a stream of server-sent events. */
export function mountEvents(
  app: Hono<HttpEnv>,
  { bridge, log }: HttpFaceOptions,
  { guard, heartbeat }: Pick<Streaming, "guard" | "heartbeat">,
): void {
  const seats = createSeats(bridge);
  const hub = createHub(bridge);
  const openExtras = createExtras(bridge);
  app.get("/events/channel/:channel{[^]+}", (c) => answer(c, only(channelInPath(c))));
  app.get("/events", (c) => answer(c, scopeInQuery(c)));

  async function answer(c: HttpContext, scope: Scope): Promise<Response> {
    if (c.req.method !== "GET") throw new BridgeError("method_not_allowed", "an event stream is read with GET");
    await answerStream(c, scope, { bridge, guard, heartbeat, seats, hub, openExtras, log });
    return RESPONSE_ALREADY_SENT;
  }
}

/** Its reader may come again, and sees then what is left of its rights. */
const revoked = textChunk(frame("revoked", { reason: "this credential was revoked, or its rights were changed" }));

interface Streaming {
  readonly bridge: Bridge;
  readonly guard: Guard;
  readonly heartbeat: Heartbeat;
  readonly seats: Seats;
  readonly hub: Hub;
  readonly openExtras: OpenExtras;
  readonly log: Log;
}

/** Answers when the stream has begun: what a request needs must not be kept for as long as a stream lives. */
async function answerStream(c: HttpContext, wanted: Scope, streaming: Streaming): Promise<void> {
  const { bridge, guard, heartbeat, seats, hub, openExtras, log } = streaming;
  const given = c.req.header("last-event-id") || c.req.query("since_id") || undefined;
  const { since_id: sinceId, ...asked } = parseInput(cursor, {
    since_id: given,
    with: (c.req.query("with") || undefined)?.split(","),
    receipts_after: c.req.query("receipts_after") || undefined,
  });
  const { path } = c.req;
  const principal = c.get("principal");
  const scope = bridge.readable({ principal, address: guard.addressOf(c.env.incoming) }, wanted);
  const leaveSeat = seats(scope, principal);
  let extras: Extras | undefined;
  const leave = () => {
    extras?.leave();
    leaveSeat();
  };
  try {
    await hub.start();
    // First, so that the receipts of all that comes are among them.
    extras = await openExtras(asked);
    const resume = await resumeAt(bridge, hub, scope, sinceId);
    if (resume.cursor !== undefined) c.env.outgoing.setHeader(cursorHeader, encodeURIComponent(resume.cursor));
    if (extras.receiptsAfter !== undefined) c.env.outgoing.setHeader(receiptsHeader, extras.receiptsAfter);
    const writer = await openEventWriter(c.env.outgoing, heartbeat);
    if (writer === undefined) return leave();
    const unwatch = bridge.revocations.watch(principal, () => writer.endWith(revoked));
    const stream = { bridge, hub, scope, writer };
    const parts = [streamEvents(stream, resume), ...extras.run(stream)];
    void Promise.all(parts.map((part) => part.finally(writer.end)))
      .catch((error: unknown) => {
        // The head is out, so there is no answer to give: the stream ends, and its reader comes again.
        if (!bridge.isClosing()) log.error({ err: error, path }, "event stream failed");
      })
      .finally(() => {
        unwatch();
        leave();
      });
  } catch (error) {
    leave();
    throw error;
  }
}

/** The name is the whole rest of the path, so a raw `/` belongs to it. */
function channelInPath(c: HttpContext): ReturnType<typeof fields.channel.parse> {
  const encoded = c.req.path.slice(channelPrefix.length);
  try {
    return parseInput(z.object({ channel: fields.channel }), { channel: decodeURIComponent(encoded) }).channel;
  } catch (cause) {
    if (cause instanceof BridgeError) throw cause;
    throw new BridgeError("invalid_input", "channel: is not percent-encoded UTF-8", { field: "channel", cause });
  }
}

/** `?channels=a,b:*`, also repeated; `?channel=` names one as it is, with commas and stars. */
function scopeInQuery(c: HttpContext): Scope {
  const named = c.req.queries("channel") ?? [];
  const listed = (c.req.queries("channels") ?? []).flatMap((list) => list.split(",")).filter((name) => name !== "");
  if (named.length + listed.length === 0) {
    throw new BridgeError("invalid_input", "channels parameter required", { field: "channels" });
  }
  const shape = z.object({ channel: z.array(fields.channel).max(maxScopeSize), channels: fields.channels.optional() });
  const parsed = parseInput(shape, { channel: named, channels: listed.length > 0 ? listed : undefined });
  const scope = scopeFrom(parsed.channels ?? []);
  return { ...scope, names: [...new Set([...scope.names, ...parsed.channel])] };
}
