import type { ServerResponse } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import type { Caller } from "../../core/bridge.ts";
import type { Via } from "../../core/provenance.ts";
import type { Guard, HeaderList, Identified } from "./guard.ts";

/** What the guards leave for the routes. The headers that every answer has are set on Node's response by then. */
export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: Identified;
}

/** From here on, in characters, encoding costs more than a second buffer to write. */
const longText = 16_384;

export type HttpContext = Context<HttpEnv>;

/** The caller ends with its response. Few ask whether it has, and a signal costs more than most of what it is given to. */
export function callerFrom({ principal, via, agent }: Identified, address: string, response: ServerResponse): Caller {
  let controller: AbortController | undefined;
  return {
    principal,
    via,
    agent,
    address,
    signal() {
      controller ??= abortedWith(response);
      return controller.signal;
    },
  };
}

export const callerOf = (c: HttpContext, { addressOf }: Guard, via: Via = c.get("via")): Caller =>
  callerFrom({ principal: c.get("principal"), via, agent: c.get("agent") }, addressOf(c.env.incoming), c.env.outgoing);

function abortedWith(response: ServerResponse): AbortController {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (response.destroyed) abort();
  else response.once("close", abort);
  return controller;
}

/** On Node's own response: through a web `Response` an answer costs as much again as all the rest of a send. */
export function writeJson(response: ServerResponse, answer: object, status: number, headers: HeaderList): void {
  const text = JSON.stringify(answer);
  // A long text is encoded here: Node would take three times its length for the bytes.
  const body = text.length > longText ? Buffer.from(text) : text;
  const length = `${Buffer.byteLength(body)}`;
  response.writeHead(status, [...headers, "Content-Type", "application/json", "Content-Length", length]);
  response.end(body);
}

/** As above, where the headers that every answer has are set already. */
export function answerJson({ env: { outgoing } }: HttpContext, answer: object): Response {
  writeJson(outgoing, answer, 200, []);
  return RESPONSE_ALREADY_SENT;
}
