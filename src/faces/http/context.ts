import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Caller } from "../../core/bridge.ts";
import type { Principal } from "../../core/principal.ts";

/** What the guards leave for the routes: who is asking, and the headers that every answer has. */
export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: { principal: Principal; headers: Record<string, string> };
}

export type HttpContext = Context<HttpEnv>;

/** The caller ends with its request's connection. */
export const callerOf = (c: HttpContext): Caller => ({ principal: c.get("principal"), signal: c.req.raw.signal });
