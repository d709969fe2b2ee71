import { createHash } from "node:crypto";
import { TLSSocket } from "node:tls";

/** The server showed another certificate than the one that is trusted, or none. */
class WrongCertificate extends Error {
  override readonly name = "WrongCertificate";
  readonly expected: string;
  /** Undefined when the connection has no TLS. */
  readonly shown: string | undefined;

  constructor(host: string, expected: string, shown: string | undefined) {
    const what = shown === undefined ? "speaks no TLS" : `has another certificate: SHA-256 ${shown}`;
    super(`nothing was sent: ${host} ${what}; trusted is SHA-256 ${expected}`);
    this.expected = expected;
    this.shown = shown;
  }
}

export interface PinnedFetch {
  readonly fetch: typeof fetch;
  /** Cuts its connections. */
  close(): Promise<void>;
}

/**
 * A `fetch` that talks to whoever has the certificate with this SHA-256, and to nobody else: neither who signed it
 * counts, nor its names and dates. Requests are made of a URL and options; a `Request` of the global fetch is none here.
 *
 * @throws WrongCertificate from each fetch, before a byte of its request is sent.
 */
export async function createPinnedFetch(sha256: string): Promise<PinnedFetch> {
  const { Agent, buildConnector, fetch: fetchWith } = await import("undici");
  const expected = sha256.replaceAll(":", "").toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(expected)) throw new TypeError("a SHA-256 fingerprint has 64 hexadecimal digits");
  // Every connection shows its certificate anew: one that is resumed from an earlier one need not.
  const connect = buildConnector({ rejectUnauthorized: false, maxCachedSessions: 0 });
  const agent = new Agent({
    connect: (options, callback) =>
      connect(options, (...[error, socket]) => {
        if (error !== null) return callback(error, null);
        const shown = certificateOf(socket);
        if (shown === expected) return callback(null, socket);
        socket.destroy();
        callback(new WrongCertificate(options.host ?? options.hostname, expected, shown), null);
      }),
  });
  const pinned = async (...[input, init]: Parameters<typeof fetchWith>) => {
    try {
      return await fetchWith(input, { ...init, dispatcher: agent });
    } catch (error) {
      // Fetch says only that it failed, and keeps the reason inside.
      if (error instanceof Error && error.cause instanceof WrongCertificate) throw error.cause;
      throw error;
    }
  };
  // The same standard; its types are declared once by the library and once for Node.
  return { fetch: pinned as unknown as typeof fetch, close: () => agent.destroy() };
}

function certificateOf(socket: unknown): string | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  return createHash("sha256").update(socket.getPeerCertificate().raw).digest("hex");
}
