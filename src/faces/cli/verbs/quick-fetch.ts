import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { Readable } from "node:stream";
import type { Fetch } from "../../../client/index.ts";

/**
 * What the client needs of `fetch`, over Node's HTTP. To load its `fetch` takes Node longer than all else that a command
 * does. Follows no redirect: it would carry the credential to somebody else.
 */
export const quickFetch: Fetch = (url, { method = "GET", headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method,
      headers: { ...(headers as Record<string, string>) },
      ...(signal === null || signal === undefined ? {} : { signal }),
    };
    const request = ask(url, options, (message) => resolve(toResponse(message)));
    request.on("error", reject);
    request.end(typeof body === "string" ? body : undefined);
  });

/** As modules these bring `fetch` with them. */
function ask(url: string, options: RequestOptions, take: (message: IncomingMessage) => void): ClientRequest {
  return url.startsWith("https:")
    ? process.getBuiltinModule("node:https").request(url, options, take)
    : process.getBuiltinModule("node:http").request(url, options, take);
}

/** The part of a response that the client looks at. */
function toResponse(message: IncomingMessage): Response {
  const { statusCode: status = 0, headers } = message;
  const get = (name: string) => {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(", ") : (value ?? null);
  };
  const seen = { ok: status >= 200 && status < 300, status, headers: { get }, body: Readable.toWeb(message) };
  // The client reads nothing else of it, and a whole one cannot be made without loading `fetch`.
  return seen as unknown as Response;
}
