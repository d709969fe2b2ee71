import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A way to a bridge that can be cut, and is at the same address when it is mended. */
export interface BreakableWay {
  readonly url: string;
  /** Ends what is open, and refuses what comes. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startBreakableWay(bridge: string): Promise<BreakableWay> {
  const target = Number(new URL(bridge).port);
  const open = new Set<Socket>();
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;

  async function listen(at: number): Promise<Server> {
    const made = createServer((client) => {
      const upstream = connect(target, "127.0.0.1");
      for (const end of [client, upstream]) {
        open.add(end);
        end.on("close", () => open.delete(end));
        // Either end may break; then the other one is closed too.
        end.on("error", () => end.destroy());
      }
      client.pipe(upstream).pipe(client);
      client.on("close", () => upstream.destroy());
      upstream.on("close", () => client.destroy());
    }).listen(at, "127.0.0.1");
    await once(made, "listening");
    return made;
  }

  async function cut(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    for (const end of open) end.destroy();
    await closed;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    async mend() {
      server = await listen(port);
    },
    close: () => (server.listening ? cut() : Promise.resolve()),
  };
}
