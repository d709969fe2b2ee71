import type { IncomingMessage } from "node:http";
import { Hono } from "hono";
import { BridgeError, type ErrorCode } from "../../core/errors.ts";
import { parseInput } from "../../core/parse.ts";
import { may } from "../../core/principal.ts";
import { snakeCased } from "../../operations/state.ts";
import { sayOnline } from "../../operations/ping.ts";
import { createAuthenticate } from "./auth.ts";
import { readJson } from "./body.ts";
import { checkForwarded, checkHost, checkOrigin, corsHeaders, securityHeaders } from "./boundary.ts";
import { answerJson, callerOf, type HttpContext, type HttpEnv } from "./context.ts";
import { internalError, toErrorResponse } from "./errors.ts";
import { mountEvents } from "./event-routes.ts";
import { clientAddress, forwardedHost, type TrustedProxies, trustProxies } from "./forwarded.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { mountMcp } from "./mcp-routes.ts";
import { createOpenApi } from "./openapi.ts";
import type { HttpFaceOptions } from "./options.ts";
import { mountPage } from "./page.ts";
import { type Route, routes } from "./routes.ts";

/** The routes behind the browser boundary and the credential check, in that order. */
export function createHttpApp(options: HttpFaceOptions, heartbeat: Heartbeat): Hono<HttpEnv> {
  const { bridge, log } = options;
  const app = new Hono<HttpEnv>();

  const trusted = trustProxies(options.trustedProxies ?? []);
  app.use(guardBoundary(options, trusted));
  app.get("/status", (c) => c.json(sayOnline(bridge.about, bridge.clock.now())));
  if (options.dashboard) mountPage(app);
  for (const prefix of ["/api/*", "/events", "/events/*", "/mcp", "/sse", "/messages/*", "/messages"]) {
    app.use(prefix, guardCredential(options));
  }
  for (const route of routes) mountRoute(app, route, options);
  const openApi = createOpenApi(bridge.about.version);
  app.get("/api/openapi.json", (c) => c.json(openApi));
  app.post("/api/admin/reload", async (c) => {
    await readJson(c.env.incoming, bridge.caps().maxRequestBytes);
    return reload(c, options);
  });
  mountEvents(app, options, heartbeat);
  mountMcp(app, options);
  refuseOtherMethods(app);

  app.notFound(() => toErrorResponse(new BridgeError("not_found", "not found")));
  app.onError((error, c) => {
    const response = error instanceof BridgeError ? toErrorResponse(error) : internalError();
    const request = { method: c.req.method, path: c.req.path, client: clientAddress(c.env.incoming, trusted) };
    if (!(error instanceof BridgeError)) log.error({ err: error, ...request }, "request failed");
    else if (accessCodes.has(error.code)) log.info({ code: error.code, ...request }, "request refused");
    return response;
  });
  return app;
}

/** Refusals that an operator wants to see: somebody was not let in. */
const accessCodes: ReadonlySet<string> = new Set([
  "unauthorized",
  "forbidden",
  "host_not_allowed",
  "origin_not_allowed",
] satisfies readonly ErrorCode[]);

/** Host, then Origin, then the headers that every answer has. */
function guardBoundary({ boundary }: HttpFaceOptions, trusted: TrustedProxies) {
  const everywhere = Object.entries(securityHeaders);
  return async (c: HttpContext, next: () => Promise<void>) => {
    const { incoming, outgoing } = c.env;
    for (const [name, value] of everywhere) outgoing.setHeader(name, value);
    const [host, origin] = [onlyHeader(incoming, "host"), onlyHeader(incoming, "origin")];
    checkHost(boundary, host);
    const outerHost = forwardedHost(incoming, trusted);
    if (outerHost !== undefined) checkHost(boundary, outerHost);
    if (checkOrigin(boundary, origin, outerHost ?? host) === "listed" && origin !== undefined) {
      for (const [name, value] of Object.entries(corsHeaders(origin))) outgoing.setHeader(name, value);
    }
    if (c.req.method === "OPTIONS") return c.body(null, 204);
    requireDecodable(c.req.url);
    return next();
  };
}

/** A header that is there once. Sent twice, two readers could each believe another. */
function onlyHeader({ headers, rawHeaders }: IncomingMessage, name: "host" | "origin"): string | undefined {
  const count = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
  if (count > 1)
    throw new BridgeError(name === "host" ? "host_not_allowed" : "origin_not_allowed", `duplicate ${name} header`);
  return headers[name];
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
function guardCredential({ token, boundary }: HttpFaceOptions) {
  const authenticate = createAuthenticate(token);
  return async (c: HttpContext, next: () => Promise<void>) => {
    const { headers } = c.env.incoming;
    if (token === undefined) checkForwarded(boundary, (name) => headers[name]?.toString());
    const queryToken = c.req.path.startsWith("/events") ? c.req.query("token") : undefined;
    c.set("principal", authenticate({ authorization: headers.authorization, queryToken }));
    await next();
  };
}

function mountRoute(
  app: Hono<HttpEnv>,
  { method, path, operation, input, fromQuery }: Route,
  { bridge }: HttpFaceOptions,
) {
  app.on(method, path, async (c) => {
    const given =
      fromQuery === undefined ? await readJson(c.env.incoming, bridge.caps().maxRequestBytes) : fromQuery(queryOf(c));
    if (fromQuery !== undefined) requireChannel(input.shape, given as Record<string, unknown>);
    const parsed = input === operation.input ? given : withoutUndefined(parseInput(input, given));
    return answerJson(c, await bridge.call(operation, parsed, callerOf(c)));
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

function reload(c: HttpContext, { bridge, reload: run }: HttpFaceOptions): Response {
  const principal = c.get("principal");
  if (!may(principal, "admin")) throw new BridgeError("forbidden", `${principal.name} has no right to admin`);
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
