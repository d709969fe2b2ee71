import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Hono } from "hono";
import { BridgeError } from "../../core/errors.ts";
import { callerOf, type HttpEnv } from "./context.ts";
import { readJson } from "./body.ts";
import type { Guard } from "./guard.ts";
import type { HttpFaceOptions } from "./options.ts";

/** Streamable HTTP at `/mcp`, and HTTP+SSE at `/sse` and `/messages/` for clients of the original. */
export function mountMcp(app: Hono<HttpEnv>, { bridge, mcp }: HttpFaceOptions, guard: Guard): void {
  app.all("/mcp", async (c) => {
    const body = c.req.method === "POST" ? await readJson(c.env.incoming, bridge.caps().maxRequestBytes) : undefined;
    const whenSent = (then: () => void) => void c.env.outgoing.once("finish", then);
    return mcp.handle(c.req.raw, body, { ...callerOf(c, guard, "mcp"), whenSent });
  });

  app.get("/sse", async (c) => {
    if (c.req.method !== "GET") throw new BridgeError("method_not_allowed", "an event stream is read with GET");
    await mcp.sessions.open(c.env.outgoing, callerOf(c, guard, "mcp"));
    return RESPONSE_ALREADY_SENT;
  });

  for (const path of ["/messages/", "/messages"]) {
    app.post(path, async (c) => {
      const sessionId = c.req.query("session_id");
      if (sessionId === undefined || sessionId === "") {
        throw new BridgeError("invalid_input", "session_id is required", { field: "session_id" });
      }
      const message = await readJson(c.env.incoming, bridge.caps().maxRequestBytes);
      await mcp.sessions.post(sessionId, message, c.get("principal"));
      return c.text("Accepted", 202);
    });
  }
}
