import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

export interface CountingProxy {
  readonly port: number;
  /** The requests that have passed until now. */
  requests(): number;
}

const requestLine = /^(?:GET|POST|DELETE) \S+ HTTP\/1\.1\r$/gm;

/** Passes bytes on, and counts the lines with which requests begin: nothing else in them has such a line. */
export async function openCountingProxy(target: number): Promise<CountingProxy> {
  let requests = 0;
  const server = createServer({ noDelay: true }, (client) => {
    const relay = connect({ host: "127.0.0.1", port: target, noDelay: true });
    client.on("data", (chunk) => (requests += chunk.toString("latin1").match(requestLine)?.length ?? 0));
    client.pipe(relay).pipe(client);
    for (const [one, other] of [
      [client, relay],
      [relay, client],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, requests: () => requests };
}
