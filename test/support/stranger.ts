import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** What answers where a bridge should, and is none: a proxy, a portal, a bridge of another version. */
export interface Stranger {
  readonly url: string;
  readonly requests: number;
  close(): Promise<void>;
}

/** Answers each request with the next of `answers`, and the last of them from then on. */
export async function startStranger(...answers: readonly RequestListener[]): Promise<Stranger> {
  let requests = 0;
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests, answers.length - 1)];
    requests += 1;
    answer?.(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export const says =
  (status: number, body: string | object, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    const type = typeof body === "string" ? "text/html" : "application/json";
    response.writeHead(status, { "Content-Type": type, ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

export const saysNothing: RequestListener = () => {};

/** A head, and then nothing: as from a network that went away in the middle. */
export const saysHalf: RequestListener = (_request, response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
  response.write("{");
};

export const hangsUp: RequestListener = (request) => void request.socket.destroy();
