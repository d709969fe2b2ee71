import { z } from "zod";
import { maxResumeTokenLength } from "../../core/limits.ts";
import { operations } from "../../operations/index.ts";

/**
 * Lets a wait outlive the bridge that it was asked of. Its answer begins with an empty event whose id says the
 * whole request, so that a client which loses the connection comes back with that id (2025-11-25, "Resumability";
 * Claude Code does it in every era) and any node, also one that was started since, can wait on for it. Only a wait:
 * it changes nothing, so it may be asked twice.
 */

/** How long a client is to wait before it comes back, in milliseconds: longer than a bridge takes to restart. */
const retryMs = 3000;
/** What of the request's head the transport reads. */
const headersKept = ["accept", "content-type", "mcp-protocol-version", "mcp-method", "mcp-name", "mcp-session-id"];

const waitCall = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number()]),
  method: z.literal("tools/call"),
  params: z.looseObject({
    name: z.literal(`bridge_${operations.wait.name}`),
    arguments: z.looseObject({ timeout_seconds: operations.wait.input.shape.timeout_seconds }),
  }),
});

type WaitCall = z.output<typeof waitCall>;

const token = z.object({ body: waitCall, headers: z.record(z.string(), z.string()), until: z.number() });

/** The event to begin the answer with, if `body` is a wait. */
export function primingEvent({ headers }: Request, body: unknown, now: number): string | undefined {
  const wait = waitCall.safeParse(body);
  if (!wait.success) return undefined;
  const kept = headersKept.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const until = now + wait.data.params.arguments.timeout_seconds * 1000;
  const text = JSON.stringify({ body: wait.data, headers: Object.fromEntries(kept), until });
  const id = Buffer.from(text).toString("base64url");
  return id.length > maxResumeTokenLength ? undefined : `id: ${id}\nretry: ${retryMs}\ndata: \n\n`;
}

export interface Resumed {
  readonly request: Request;
  readonly body: WaitCall;
}

/** The wait that `request` comes back for, with the time that it has left; undefined for every other request. */
export function resumedWait(request: Request, now: number): Resumed | undefined {
  const lastEventId = request.headers.get("last-event-id");
  if (request.method !== "GET" || lastEventId === null) return undefined;
  const read = token.safeParse(parse(Buffer.from(lastEventId, "base64url").toString()));
  if (!read.success) return undefined;
  const { body, headers, until } = read.data;
  const timeoutSeconds = Math.max(0, (until - now) / 1000);
  const given = { ...body.params.arguments, timeout_seconds: timeoutSeconds };
  const kept = Object.entries(headers).filter(([name]) => headersKept.includes(name));
  return {
    request: new Request(request.url, { method: "POST", headers: kept, signal: request.signal }),
    body: { ...body, params: { ...body.params, arguments: given } },
  };
}

/** The same response with `text` before its body. */
export function prefixed(response: Response, text: string): Response {
  const start = (controller: TransformStreamDefaultController<Uint8Array>) =>
    controller.enqueue(new TextEncoder().encode(text));
  const body = response.body?.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({ start }));
  return new Response(body, { status: response.status, headers: response.headers });
}

/** It comes from outside: what is no JSON is no token. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
