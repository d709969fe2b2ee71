import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import type { Caller } from "../../core/bridge.ts";
import type { Principal } from "../../core/principal.ts";
import type { Via } from "../../core/provenance.ts";
import { addressOf } from "./credentials.ts";

/** What the guards leave for the routes. The headers that every answer has are set on Node's response by then. */
export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: { principal: Principal };
}

export type HttpContext = Context<HttpEnv>;

/** The caller ends with its request's connection. */
export const callerOf = (c: HttpContext, via: Via = "http"): Caller => ({
  principal: c.get("principal"),
  signal: c.req.raw.signal,
  via,
  address: addressOf(c.env.incoming),
});

/** On Node's own response: through a web `Response` an answer costs as much again as all the rest of a send. */
export function answerJson({ env: { outgoing } }: HttpContext, answer: object): Response {
  const text = JSON.stringify(answer);
  outgoing.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
  outgoing.end(text);
  return RESPONSE_ALREADY_SENT;
}
