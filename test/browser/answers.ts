import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** A request that reached the bridge, and what became of it. */
export interface Answer {
  /** Its method and path. */
  readonly request: string;
  readonly status: number;
  readonly hasCookie: boolean;
}

export interface Answers {
  readonly all: readonly Answer[];
  forget(): void;
  stop(): void;
}

const channel = "http.server.response.finish";

/**
 * What the bridge at this URL answers, told by Node's HTTP server: a page is not shown what another origin answered to
 * it, and a test that only saw failures could not tell a refusal from an attack that never left the browser.
 */
export function watchAnswers(url: string): Answers {
  const { port } = new URL(url);
  const all: Answer[] = [];
  const note = (message: unknown) => {
    // Node says in its documentation what this channel's messages have.
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort !== Number(port)) return;
    const { pathname } = new URL(request.url ?? "/", url);
    // A browser asks for it by itself, once it shows an answer as a page.
    if (pathname === "/favicon.ico") return;
    const hasCookie = request.headers.cookie?.includes("claude_bridge_session=") ?? false;
    all.push({ request: `${request.method} ${pathname}`, status: response.statusCode, hasCookie });
  };
  subscribe(channel, note);
  return { all, forget: () => void all.splice(0), stop: () => void unsubscribe(channel, note) };
}
