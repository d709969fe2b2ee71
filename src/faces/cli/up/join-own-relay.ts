import { readBridges, writeBridges } from "../../../config/bridges.ts";
import { systemClock } from "../../../core/clock.ts";
import { formatTime } from "../../../core/time.ts";
import { isLoopback } from "../../../serve/addresses.ts";
import type { RunningRelay } from "../../../serve/running-relay.ts";
import type { AskedBridge } from "../ask-bridge.ts";
import { credentialOf } from "../relay-credential.ts";
import { CommandError } from "../command-error.ts";
import { exchangeCode, nameOfThisMachine } from "../exchange-code.ts";
import { openFetch, type OpenFetch } from "../open-fetch.ts";
import { paths } from "../../../operations/paths.ts";
import { callOverHttp } from "../over-http.ts";
import { storeJoined } from "../store-joined.ts";

/** Who this machine is on its own relay. */
export interface Identity {
  /** What this machine calls the bridge. */
  readonly bridge: string;
  readonly machine: string;
  readonly isNew: boolean;
}

/**
 * Lets this machine join the relay that runs on it, as any other machine does, unless it has before. Undefined on a
 * bridge that asks nobody for a credential: the first one would make it ask everybody.
 *
 * @throws CommandError, ConfigError when the credential cannot be kept.
 */
export async function joinOwnRelay(
  folder: string,
  relay: RunningRelay,
  bridge: AskedBridge,
): Promise<Identity | undefined> {
  const { asks_for_credential: isAsked } = await bridge.call("whoami");
  if (!isAsked) return undefined;
  const { certificate } = credentialOf(relay);
  const opened = await openFetch(certificate);
  try {
    return (await known(folder, relay, opened)) ?? (await join(folder, relay, bridge, opened, certificate));
  } finally {
    await opened.close();
  }
}

/** Tokens that are tried at the relay; a machine joins itself once. */
const mostTries = 3;

/** The relay may have another port than the last time: then the entry gets the new address. */
async function known(folder: string, { url }: RunningRelay, { fetch }: OpenFetch): Promise<Identity | undefined> {
  const bridges = readBridges(folder);
  const here = [...bridges.known].filter(([, entry]) => entry.url === url || isLoopback(new URL(entry.url).hostname));
  const sameFirst = here.toSorted(([, a], [, b]) => Number(b.url === url) - Number(a.url === url));
  for (const [name, entry] of sameFirst.slice(0, mostTries)) {
    if (!(await isBelieved({ url, token: entry.token, fetch }))) continue;
    if (entry.url !== url)
      writeBridges(folder, { ...bridges, known: new Map(bridges.known).set(name, { ...entry, url }) });
    return { bridge: name, machine: entry.principal.name, isNew: false };
  }
  return undefined;
}

async function isBelieved(remote: Parameters<typeof callOverHttp>[0]): Promise<boolean> {
  try {
    await callOverHttp(remote, { ...paths.whoami, input: {} });
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}

async function join(
  folder: string,
  { url, version }: RunningRelay,
  bridge: AskedBridge,
  opened: OpenFetch,
  certificate: string | undefined,
): Promise<Identity> {
  const bridges = readBridges(folder);
  // A code works once: before it is used up it must be sure that what it gives can be kept.
  writeBridges(folder, bridges);
  const { code } = await bridge.call("invite", { ttl_seconds: 60 });
  const joined = await withFreeName((name) => exchangeCode({ ...opened, url, version, certificate }, code, name));
  const { name } = await storeJoined(folder, bridges, {
    wanted: joined.bridge.name,
    current: bridges.current,
    bridge: {
      url,
      token: joined.token,
      principal: { id: joined.principal.id, name: joined.principal.name },
      certificate,
      words: joined.bridge.words,
      joinedAt: formatTime(systemClock.now()),
    },
  });
  return { bridge: name, machine: joined.principal.name, isNew: true };
}

/** This machine may have joined before, and lost what it got; whoever has its name then keeps it. */
const mostNames = 9;

async function withFreeName<Result>(tryName: (name: string) => Promise<Result>): Promise<Result> {
  const name = nameOfThisMachine();
  for (let number = 2; ; number += 1) {
    try {
      return await tryName(number === 2 ? name : `${name}-${number - 1}`);
    } catch (error) {
      if (!(error instanceof CommandError) || error.code !== "conflict" || number > mostNames) throw error;
    }
  }
}
