import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";
import { TLSSocket } from "node:tls";

/**
 * Whom a proxy speaks for. Anybody can write the headers in which proxies name their clients; they count only on a
 * connection that a trusted proxy has made.
 */
export type TrustedProxies = (address: string) => boolean;

/** Addresses, and ranges such as `10.0.0.0/8`. */
export function trustProxies(networks: readonly string[]): TrustedProxies {
  if (networks.length === 0) return () => false;
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return (address) => isIP(address) > 0 && list.check(address, familyOf(address));
}

const familyOf = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");

/**
 * The address of whoever made the request: of the connection, or on one of a trusted proxy the nearest hop that is no
 * trusted proxy. What stands before that hop is its own claim. A proxy hands on the headers that it does not write, so
 * where two of them name different clients, or a hop has no address, no one is believed and it is the proxy itself:
 * nobody can take another's address or shake off their own. The empty string when the connection is gone.
 */
export function clientAddress({ socket, headers }: IncomingMessage, trusted: TrustedProxies): string {
  const peer = plain(socket.remoteAddress ?? "");
  if (!trusted(peer)) return peer;
  const chains = [
    listed(headers["x-forwarded-for"]),
    listed(headers["x-real-ip"]),
    forwardedValues(headers.forwarded, "for"),
  ];
  const named = new Set(chains.flatMap((hops) => nearestUntrusted(hops, trusted, peer) ?? []));
  const [client] = named;
  return named.size === 1 && client !== undefined ? client : peer;
}

/** Undefined when all hops are trusted proxies; `peer` when one has no address. */
function nearestUntrusted(hops: readonly string[], trusted: TrustedProxies, peer: string): string | undefined {
  for (const hop of hops.toReversed()) {
    const address = addressIn(hop);
    if (address === undefined) return peer;
    if (!trusted(address)) return address;
  }
  return undefined;
}

/** Whether the client's side is encrypted, so that a cookie may be `Secure`. */
export function isSecure({ socket, headers }: IncomingMessage, trusted: TrustedProxies): boolean {
  if (socket instanceof TLSSocket) return true;
  if (!trusted(plain(socket.remoteAddress ?? ""))) return false;
  const scheme = listed(headers["x-forwarded-proto"]).at(-1) ?? forwardedValues(headers.forwarded, "proto").at(-1);
  return scheme?.toLowerCase() === "https";
}

/** What the client called the bridge, when a trusted proxy says so; beside the Host header, which it may have changed. */
export function forwardedHost({ socket, headers }: IncomingMessage, trusted: TrustedProxies): string | undefined {
  const given = headers["x-forwarded-host"];
  const host = given === undefined ? undefined : listed(given.toString()).at(-1);
  return host !== undefined && trusted(plain(socket.remoteAddress ?? "")) ? host : undefined;
}

/** The values of a parameter in a Forwarded header (RFC 7239), in its order, without quotes. */
export function forwardedValues(header: string | undefined, parameter: string): readonly string[] {
  return [...(header ?? "").matchAll(forwardedPair)]
    .filter(([, name]) => name?.toLowerCase() === parameter)
    .map(([, , quoted, token]) => quoted?.replaceAll(/\\(.)/g, "$1") ?? token ?? "");
}

/** Only from the start of a name, so that the time grows with the length of the header and not with its square. */
const forwardedPair = /(?<![\w!#$%&'*+.^`|~-])([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^;,\s"]*))/g;

/** Node has joined a header that came several times, in the order in which it came. */
const listed = (header: string | readonly string[] | undefined): readonly string[] =>
  (header ?? "")
    .toString()
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** The IP address of a hop, which may have a port, and brackets around IPv6. */
function addressIn(hop: string): string | undefined {
  const [, inBrackets, withPort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(hop) ?? [];
  const address = plain(inBrackets ?? withPort ?? hop);
  return isIP(address) > 0 ? address : undefined;
}

/** IPv4 without its IPv6 form, and without the interface that an address is local to. */
const plain = (address: string) =>
  address.includes(":")
    ? address
        .replace(/^::ffff:(?=[\d.]+$)/i, "")
        .replace(/%.*$/, "")
        .toLowerCase()
    : address;
