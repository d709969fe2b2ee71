import { Hono } from "hono";
import { BridgeError } from "../../core/errors.ts";
import { parseInput } from "../../core/parse.ts";
import { snakeCased } from "../../operations/state.ts";
import { sayOnline } from "../../operations/ping.ts";
import { readJson } from "./body.ts";
import { answerJson, callerOf, type HttpContext, type HttpEnv } from "./context.ts";
import { toRefusal } from "./errors.ts";
import { mountEvents } from "./event-routes.ts";
import { everywhere, type Guard, type HeaderList } from "./guard.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { mountMcp } from "./mcp-routes.ts";
import { createOpenApi } from "./openapi.ts";
import type { HttpFaceOptions } from "./options.ts";
import { mountPage } from "./page.ts";
import { type Route, routes } from "./routes.ts";
import { mountSession } from "./session-routes.ts";

/** The routes behind the browser boundary and the credential check, in that order. */
export function createHttpApp(options: HttpFaceOptions, guard: Guard, heartbeat: Heartbeat): Hono<HttpEnv> {
  const { bridge, log } = options;
  const app = new Hono<HttpEnv>();

  app.use(guardBoundary(guard));
  app.get("/status", (c) => c.json(sayOnline(bridge.about, bridge.clock.now())));
  if (options.dashboard !== undefined) mountPage(app, options.dashboard);
  mountSession(app, options, guard);
  for (const prefix of ["/api/*", "/events", "/events/*", "/mcp", "/sse", "/messages/*", "/messages"]) {
    app.use(prefix, guardCredential(guard));
  }
  for (const route of routes) mountRoute(app, route, options, guard);
  // Made when it is asked for: a start does not wait for the schemas of every operation.
  let openApi: object | undefined;
  app.get("/api/openapi.json", (c) => c.json((openApi ??= createOpenApi(bridge.about.version))));
  app.post("/api/admin/reload", async (c) => {
    await readJson(c.env.incoming, bridge.caps().maxRequestBytes);
    return reload(c, options, guard);
  });
  mountEvents(app, options, { guard, heartbeat });
  mountMcp(app, options, guard);
  refuseOtherMethods(app);

  app.notFound(() => {
    throw new BridgeError("not_found", "not found");
  });
  app.onError((error, c) => {
    const { method, path } = c.req;
    const { status, body, more } = toRefusal(error, { log, method, path, client: guard.addressOf(c.env.incoming) });
    setHeaders(c.env.outgoing, more);
    return Response.json(body, { status });
  });
  return app;
}

/** Host, then Origin, then the headers that every answer has. */
function guardBoundary({ admit }: Guard) {
  return async (c: HttpContext, next: () => Promise<void>) => {
    const { incoming, outgoing } = c.env;
    setHeaders(outgoing, everywhere);
    setHeaders(outgoing, admit(incoming));
    if (c.req.method === "OPTIONS") return c.body(null, 204);
    requireDecodable(c.req.url);
    return next();
  };
}

function setHeaders(outgoing: HttpContext["env"]["outgoing"], headers: HeaderList): void {
  for (let at = 0; at < headers.length; at += 2) outgoing.setHeader(headers[at] ?? "", headers[at + 1] ?? "");
}

/** Hono hands on as it is what it cannot decode: a broken name would be read as the name of another channel. */
function requireDecodable(url: string): void {
  const at = url.indexOf("?");
  if (at < 0 || !url.includes("%", at)) return;
  for (const parameter of url.slice(at + 1).split("&")) {
    const [field, value = ""] = parameter.split("=", 2);
    try {
      decodeURIComponent(value);
    } catch (cause) {
      throw new BridgeError("invalid_input", `${field}: is not percent-encoded UTF-8`, { field, cause });
    }
  }
}

/** EventSource cannot send headers, so `/events` takes the token from the URL too; nothing writes it down. */
function guardCredential({ identify }: Guard) {
  return async (c: HttpContext, next: () => Promise<void>) => {
    const queryToken = c.req.path.startsWith("/events") ? c.req.query("token") : undefined;
    const { principal, via, agent } = identify(c.env.incoming, queryToken);
    c.set("principal", principal);
    c.set("via", via);
    c.set("agent", agent);
    await next();
  };
}

function mountRoute(
  app: Hono<HttpEnv>,
  { method, path, operation, input, fromQuery }: Route,
  { bridge }: HttpFaceOptions,
  guard: Guard,
) {
  app.on(method, path, async (c) => {
    const given =
      fromQuery === undefined ? await readJson(c.env.incoming, bridge.caps().maxRequestBytes) : fromQuery(queryOf(c));
    if (fromQuery !== undefined) requireChannel(input.shape, given as Record<string, unknown>);
    const parsed = input === operation.input ? given : withoutUndefined(parseInput(input, given));
    return answerJson(c, await bridge.call(operation, parsed, callerOf(c, guard)));
  });
}

const queryOf = (c: HttpContext) => (name: string) => (c.req.param(name) ?? c.req.query(name)) || undefined;

/** In the original's words, which scripts match on. */
function requireChannel(shape: Record<string, unknown>, { channel, channels }: Record<string, unknown>): void {
  if (!("channel" in shape) || channel !== undefined || channels !== undefined) return;
  throw new BridgeError("invalid_input", "channel parameter required", { field: "channel" });
}

const withoutUndefined = (input: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

function reload(c: HttpContext, { bridge, reload: run }: HttpFaceOptions, guard: Guard): Response {
  bridge.permit(callerOf(c, guard), "admin");
  run?.();
  return c.json({ limits: snakeCased(bridge.caps()) });
}

/** Whatever is left on a known path came with a method that it does not have. */
function refuseOtherMethods(app: Hono<HttpEnv>): void {
  const allowed = new Map<string, Set<string>>();
  for (const { method, path } of app.routes) {
    if (method === "ALL" || path.endsWith("*")) continue;
    allowed.set(path, (allowed.get(path) ?? new Set()).add(method));
  }
  for (const [path, methods] of allowed) {
    const allow = [...methods].join(", ");
    const hint = path === "/api/messages" ? "; to send, POST /api/send" : "";
    app.all(path, (c) => {
      c.env.outgoing.setHeader("Allow", allow);
      throw new BridgeError("method_not_allowed", `${c.req.method} is not allowed here, only ${allow}${hint}`);
    });
  }
}
