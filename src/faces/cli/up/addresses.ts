import { hostname, networkInterfaces } from "node:os";
import { isLoopback } from "../../../serve/addresses.ts";
import { askStatus } from "../../../serve/ask-status.ts";
import type { RunningRelay } from "../../../serve/running-relay.ts";

/** Where the relay can be reached: each has just answered through that very address. */
export interface Addresses {
  readonly local: string | undefined;
  /** The best for other machines first. */
  readonly remote: readonly RemoteAddress[];
}

export interface RemoteAddress {
  readonly url: string;
  /** The network that it is on, for people. */
  readonly network: string;
}

export async function testAddresses({ url, remote }: Pick<RunningRelay, "url" | "remote">): Promise<Addresses> {
  const isThere = async (address: string) => (await askStatus(address)) !== undefined;
  const [local, ...others] = await Promise.all([url, ...remote].map(isThere));
  const named = remote
    .filter((_address, index) => others[index])
    .map((address) => ({ url: address, ...rank(address) }));
  return {
    local: local === true ? url : undefined,
    remote: named.toSorted((a, b) => a.place - b.place).map(({ url: address, network }) => ({ url: address, network })),
  };
}

/** A tailnet goes wherever the other machine goes; what containers have leads nowhere else. */
function rank(url: string): { readonly place: number; readonly network: string } {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
  if (isLoopback(host)) return { place: 9, network: "this machine" };
  if (/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(host) || host.startsWith("fd7a:115c:a1e0:")) {
    return { place: 0, network: "tailnet" };
  }
  const name = interfaceOf(host) ?? "network";
  return { place: /^(docker|br-|veth|virbr|vmnet|vboxnet)/.test(name) ? 2 : 1, network: name };
}

const interfaceOf = (host: string) =>
  Object.entries(networkInterfaces()).find(([, rows]) => rows?.some(({ address }) => address === host))?.[0];

/** What the bridge calls itself to those who join it. */
export const bridgeName = (): string => hostname().split(".", 1)[0] ?? "bridge";
