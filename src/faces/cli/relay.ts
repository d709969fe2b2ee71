import type { Config } from "../../config.ts";
import type { Caps } from "../../core/limits.ts";
import { AlreadyRunning } from "../../serve/listen.ts";
import { createLog } from "../../serve/log.ts";
import { type Relay, startRelay } from "../../serve.ts";
import { alreadyRunning, type RelayFacts, toBanner, toJson } from "./banner.ts";
import { isFromNpx } from "./program-name.ts";
import { untilStopped } from "./signals.ts";
import { warn } from "./warn.ts";

/** Starts the relay, says where it is, and runs until it is told to stop. */
export async function relayCommand(config: Config, readCaps: () => Caps, onStarted: () => void): Promise<void> {
  const log = createLog(config.logLevel);
  let relay;
  try {
    relay = await startRelay(config, { log, warn, readCaps });
  } catch (error) {
    if (error instanceof AlreadyRunning) return console.log(alreadyRunning(error.bridge, config));
    throw error;
  }
  const stopped = untilStopped(relay.reload);
  const facts = await factsOf(config, relay);
  if (facts.urls.local === undefined) warn("none of this bridge's URLs answers on this machine");
  onStarted();
  console.log(config.isJson ? toJson(facts) : toBanner(facts));
  await stopped;
  await relay.close();
}

async function factsOf(config: Config, { bridge, port, urls, access, ...relay }: Relay): Promise<RelayFacts> {
  const { messages } = await bridge.store.totals();
  const { version, retentionDays } = bridge.about;
  const { db, host, hasDashboard, tls } = config;
  const ownCertificate = tls?.kind === "self-signed" ? tls.certPath : undefined;
  const fingerprint = relay.fingerprint();
  return {
    version,
    db,
    messages,
    host,
    port,
    urls,
    access,
    fingerprint,
    ownCertificate,
    hasDashboard,
    retentionDays,
    isFromNpx: isFromNpx(),
  };
}
