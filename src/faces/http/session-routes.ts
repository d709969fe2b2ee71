import type { Hono } from "hono";
import { z } from "zod";
import type { Credentials } from "../../core/access.ts";
import type { Browser, OpenedSession, OpenSession } from "../../core/browser-sessions.ts";
import { BridgeError } from "../../core/errors.ts";
import { parseInput } from "../../core/parse.ts";
import { isVerified, type Principal, principalKinds } from "../../core/principal.ts";
import { formatTime } from "../../core/time.ts";
import { readJson } from "./body.ts";
import type { HttpContext, HttpEnv } from "./context.ts";
import { credentialsIn, sessionCookie } from "./credentials.ts";
import type { Guard } from "./guard.ts";
import type { HttpFaceOptions } from "./options.ts";

export const sessionInput = z.object({
  code: z.string().min(1).max(64).optional().describe("Of a sign-in link, or a person's join code"),
  name: z.string().min(1).max(48).optional().describe("With a join code that was made for no name"),
});

export const sessionOutput = z.object({
  authenticated: z.boolean(),
  auth_required: z.boolean(),
  principal: z
    .object({ id: z.string(), kind: z.enum(principalKinds), name: z.string(), verified: z.boolean() })
    .optional(),
  expires_at: z.string().optional(),
});

const path = "/api/session";

/**
 * The session of a browser. Its cookie is made and read here and nowhere else. The routes stand before the check of
 * credentials: they are how one comes to have any.
 */
export function mountSession(app: Hono<HttpEnv>, { bridge }: HttpFaceOptions, guard: Guard): void {
  const { access } = bridge;

  app.get(path, (c) => {
    const { cookie } = credentialsIn(c.env.incoming, guard.addressOf(c.env.incoming));
    return c.json(answer(cookie === undefined ? undefined : access.sessions.of(cookie)));
  });

  app.post(path, async (c) => {
    const { incoming, outgoing } = c.env;
    // Whoever signs a browser in, under whatever name, must be our page; what is no browser says nothing of the kind.
    if (incoming.headers.origin !== undefined || incoming.headers["sec-fetch-site"] !== undefined) {
      guard.requireOwnPage(incoming);
    }
    const given = parseInput(sessionInput, await readJson(incoming, bridge.caps().maxRequestBytes));
    const opened = await open(given, credentialsIn(incoming, guard.addressOf(incoming)), browserOf(c, guard));
    const seconds = Math.ceil((opened.until - bridge.clock.now()) / 1000);
    outgoing.setHeader("Set-Cookie", cookieOf(opened.cookie, seconds, guard.isSecure(incoming)));
    return c.json(answer(opened));
  });

  app.delete(path, async (c) => {
    const { cookie, address } = credentialsIn(c.env.incoming, guard.addressOf(c.env.incoming));
    if (cookie !== undefined) {
      guard.requireOwnPage(c.env.incoming);
      await access.sessions.end(cookie, address);
    }
    c.env.outgoing.setHeader("Set-Cookie", cookieOf("", 0, guard.isSecure(c.env.incoming)));
    return c.json(answer(undefined));
  });

  function open(
    { code, name }: z.output<typeof sessionInput>,
    credentials: Credentials,
    browser: Browser,
  ): Promise<OpenedSession> {
    if (code !== undefined) return access.sessions.openWith({ code, name }, browser);
    // A cookie makes no cookie: a session that was once stolen would never end.
    if (credentials.bearer === undefined) {
      throw new BridgeError("unauthorized", "to sign in send a token, or the code of a sign-in link or an invitation");
    }
    return access.sessions.openFor(access.authenticate({ ...credentials, cookie: undefined }), browser);
  }

  function answer(session: OpenSession | undefined): z.output<typeof sessionOutput> {
    const about = { authenticated: session !== undefined, auth_required: access.asksForCredential() };
    if (session === undefined) return about;
    return { ...about, principal: shown(session.principal), expires_at: formatTime(session.expiresAt) };
  }
}

const shown = ({ id, kind, name }: Principal) => ({ id, kind, name, verified: isVerified({ kind }) });

function browserOf(c: HttpContext, guard: Guard): Browser {
  const { cookie, address } = credentialsIn(c.env.incoming, guard.addressOf(c.env.incoming));
  return { cookie, address, name: c.env.incoming.headers["user-agent"] };
}

function cookieOf(value: string, maxAgeSeconds: number, isSecure: boolean): string {
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${isSecure ? "; Secure" : ""}`;
  return `${sessionCookie}=${value}; ${attributes}`;
}
