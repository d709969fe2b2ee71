import { isIPv6 } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { askStatus } from "./ask-status.ts";

/** Where a bridge can be reached: only what answered when it was tried. */
export interface Urls {
  /** From this machine. Undefined when nothing answers: another program is in between. */
  readonly local: string | undefined;
  /** From other machines, as far as this one can tell. */
  readonly remote: readonly string[];
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
}

/** Whether only programs on this machine can connect. A name other than localhost may be any address. */
export const isLoopback = (host: string) => host === "localhost" || host === "::1" || /^127\.[\d.]+$/.test(host);

const isWildcard = (host: string) => host === "0.0.0.0" || host === "::";

/** The addresses that other machines can use; empty on loopback. */
export function networkAddresses(host: string): readonly string[] {
  if (isLoopback(host)) return [];
  if (!isWildcard(host)) return [host];
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const isUsable = (family: string, scope: number | undefined) =>
    family === "IPv4" || (host === "::" && (scope ?? 0) === 0);
  return found
    .filter(({ internal, family, ...rest }) => !internal && isUsable(family, "scopeid" in rest ? rest.scopeid : 0))
    .map(({ address }) => address);
}

/**
 * What clients may call this machine: a certificate names them all, also the addresses of its network where the bridge
 * listens on loopback today, because it is made once.
 */
export function certificateNames(host: string): readonly string[] {
  const name = hostname().toLowerCase();
  const own = ["localhost", "127.0.0.1", "::1", name, `${name}.local`];
  const chosen = isWildcard(host) ? [] : [host.toLowerCase()];
  return [...new Set([...own, ...networkAddresses("::"), ...chosen])];
}

/** Every URL of the bridge, each tried through that very address. */
export async function findUrls(listening: Listening): Promise<Urls> {
  const answers = (hosts: readonly string[]) => {
    const urls = hosts.map((host) => urlOf(listening, host));
    return Promise.all(urls.map(async (url) => ((await askStatus(url)) === undefined ? [] : [url])));
  };
  const [local, remote] = await Promise.all([
    answers(localHosts(listening.host)),
    answers(networkAddresses(listening.host)),
  ]);
  return { local: local.flat()[0], remote: remote.flat() };
}

/** Names for this machine, the friendliest first. */
function localHosts(host: string): readonly string[] {
  if (isWildcard(host)) return ["localhost", "127.0.0.1"];
  return ["127.0.0.1", "::1"].includes(host) ? ["localhost", host] : [host];
}

/** Through this one, a bridge that listens on `host` would answer. */
export const loopbackOf = (host: string) => (isWildcard(host) ? "127.0.0.1" : host);

export function urlOf({ port, isTls }: Pick<Listening, "port" | "isTls">, host: string): string {
  return `${isTls ? "https" : "http"}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
