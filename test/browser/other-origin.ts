import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A web server that is not the bridge: another origin, and of another site under another name. */
export interface OtherOrigin {
  readonly port: number;
  close(): Promise<void>;
}

export async function serveOtherOrigin(): Promise<OtherOrigin> {
  const server = createServer((_request, response) => {
    const html = '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">';
    response.writeHead(200, { "Content-Type": "text/html" }).end(html);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
