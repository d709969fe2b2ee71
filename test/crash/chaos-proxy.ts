import { connect, createServer, type Socket } from "node:net";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";

/** What a connection through the proxy suffers. */
export type Chaos =
  | { readonly kind: "none" }
  /** Every piece is late. */
  | { readonly kind: "latency"; readonly ms: number }
  /** One byte at a time. */
  | { readonly kind: "slices" }
  /** Both ends are reset when so many bytes have passed, in whatever they carry. */
  | { readonly kind: "reset"; readonly afterBytes: number }
  /** After so many bytes nothing passes any more, and nobody is told; in the end both are reset, as by a NAT. */
  | { readonly kind: "half-open"; readonly afterBytes: number; readonly forMs: number };

export interface ChaosProxy {
  readonly url: string;
  readonly connections: number;
  readonly resets: number;
  close(): Promise<void>;
}

/** A TCP proxy on loopback in front of `port`, which asks `choose` what the n-th connection suffers. */
export async function startChaosProxy(port: number, choose: (connection: number) => Chaos): Promise<ChaosProxy> {
  const open = new Set<Link>();
  let connections = 0;
  let resets = 0;

  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const link = createLink(
      client,
      connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true }),
      choose(connections),
    );
    connections += 1;
    open.add(link);
    void link.closed.then((wasReset) => {
      open.delete(link);
      if (wasReset) resets += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();

  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    get connections() {
      return connections;
    },
    get resets() {
      return resets;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const link of open) link.reset();
      await closed;
    },
  };
}

interface Link {
  /** Whether the proxy itself has reset it. */
  readonly closed: Promise<boolean>;
  reset(): void;
}

function createLink(client: Socket, upstream: Socket, chaos: Chaos): Link {
  const ends = [client, upstream];
  let passed = 0;
  let wasReset = false;
  let isSilent = false;

  function reset(): void {
    wasReset = true;
    for (const end of ends) end.resetAndDestroy();
  }

  /** How many of `length` bytes may still pass before the fault strikes. */
  function allow(length: number): number {
    const left = "afterBytes" in chaos ? Math.max(0, chaos.afterBytes - passed) : length;
    passed += length;
    return Math.min(left, length);
  }

  async function forward(piece: Buffer, to: Socket): Promise<void> {
    if (isSilent || wasReset) return;
    const count = allow(piece.length);
    await deliver(piece.subarray(0, count), to, chaos);
    if (count === piece.length || isSilent) return;
    isSilent = true;
    if (chaos.kind === "half-open") setTimeout(reset, chaos.forMs);
    else reset();
  }

  async function pump(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const piece of from.iterator({ destroyOnReturn: false })) await forward(piece as Buffer, to);
      if (!isSilent) to.end();
    } catch {
      // The one end was reset: so is the other.
      to.resetAndDestroy();
    }
  }

  for (const end of ends) end.on("error", () => {});
  const closed = Promise.all([pump(client, upstream), pump(upstream, client)]).then(() => wasReset);
  return { closed, reset };
}

async function deliver(piece: Buffer, to: Socket, chaos: Chaos): Promise<void> {
  if (chaos.kind === "latency") await pause(chaos.ms);
  if (chaos.kind !== "slices") return write(piece, to);
  for (const byte of piece) {
    await write(Buffer.from([byte]), to);
    await nextTurn();
  }
}

async function write(piece: Buffer, to: Socket): Promise<void> {
  if (to.destroyed || piece.length === 0 || to.write(piece)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      to.off("drain", done);
      to.off("close", done);
      resolve();
    };
    to.on("drain", done);
    to.on("close", done);
  });
}
