import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A network on which everything can stand still: a machine that sleeps, seen from both its ends. */
export interface StallingProxy {
  readonly url: string;
  /** Nothing passes and nobody is told; who comes waits. */
  stall(): void;
  /** What stood still goes on. */
  goOn(): void;
  /** The connections that there are stay open for ever and carry nothing: a router has forgotten them. New ones work. */
  forget(): void;
}

interface Link {
  readonly ends: readonly Socket[];
  isForgotten: boolean;
}

export async function startStallingProxy(to: string): Promise<StallingProxy> {
  const { port, hostname } = new URL(to);
  const links = new Set<Link>();
  let isStill = false;

  const server = createServer({ pauseOnConnect: true }, (near) => {
    const far = connect({ port: Number(port), host: hostname });
    const link: Link = { ends: [near, far], isForgotten: false };
    links.add(link);
    pass(near, far, link);
    pass(far, near, link);
    if (isStill) far.pause();
    else near.resume();
  });

  function pass(from: Socket, into: Socket, link: Link): void {
    from.on("data", (piece) => void into.write(piece));
    from.on("error", () => {});
    from.on("close", () => {
      if (link.isForgotten || !links.delete(link)) return;
      into.destroy();
    });
  }
  const each = (act: (end: Socket) => void) => {
    for (const { ends, isForgotten } of links) if (!isForgotten) ends.forEach(act);
  };

  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const { ends } of links) ends.forEach((end) => end.destroy());
    server.close();
  });
  const { port: own } = server.address() as AddressInfo; // listens on TCP, so it is no string

  return {
    url: `http://127.0.0.1:${own}`,
    stall() {
      isStill = true;
      each((end) => end.pause());
    },
    goOn() {
      isStill = false;
      each((end) => end.resume());
    },
    forget() {
      each((end) => end.pause());
      for (const link of links) link.isForgotten = true;
    },
  };
}
