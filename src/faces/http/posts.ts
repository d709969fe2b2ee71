import type { IncomingMessage, ServerResponse } from "node:http";
import { parseInput } from "../../core/parse.ts";
import { readJson } from "./body.ts";
import { callerFrom, writeJson } from "./context.ts";
import { toRefusal } from "./errors.ts";
import { everywhere, type Guard } from "./guard.ts";
import type { HttpFaceOptions } from "./options.ts";
import { type Route, routes } from "./routes.ts";

/** Answers a request by itself; false when it is for somebody else. */
export type Posts = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The operations that are posted, under exactly their paths: a bridge does little else, and to find these needs no
 * router, no web `Request` and no chain of promises, which together cost a quarter of a send. What comes in another
 * way, such as with a query, reaches the same operations through the router.
 */
export function createPosts({ bridge, log }: HttpFaceOptions, { admit, identify, addressOf }: Guard): Posts {
  const posted = new Map(routes.filter(({ method }) => method === "POST").map((route) => [route.path, route]));

  async function answer(
    { operation, input: narrower }: Route,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    let headers = everywhere;
    const address = addressOf(request);
    try {
      headers = admit(request);
      const asking = callerFrom(identify(request), address, response);
      const given = await readJson(request, bridge.caps().maxRequestBytes);
      const input = narrower === operation.input ? given : parseInput(narrower, given);
      writeJson(response, await bridge.call(operation, input, asking), 200, headers);
    } catch (error) {
      const { status, body, more } = toRefusal(error, {
        log,
        method: "POST",
        path: request.url ?? "",
        client: address,
      });
      writeJson(response, body, status, [...headers, ...more]);
      letIn(request);
    }
  }

  return (request, response) => {
    const route = request.method === "POST" ? posted.get(request.url ?? "") : undefined;
    if (route !== undefined) void answer(route, request, response);
    return route !== undefined;
  };
}

/** How long a body that nobody wants may go on arriving, in milliseconds. */
const unwantedMs = 500;

/** Whoever is still sending would not see the answer if the connection was cut at once. */
function letIn(request: IncomingMessage): void {
  if (request.complete) return;
  const cut = setTimeout(() => request.socket.destroySoon(), unwantedMs).unref();
  request.once("close", () => clearTimeout(cut));
  request.resume();
}
