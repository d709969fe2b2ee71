import type { Config } from "../../../config.ts";
import type { RunningRelay } from "../../../serve/running-relay.ts";
import type { AskedBridge } from "../ask-bridge.ts";
import { credentialOf } from "../relay-credential.ts";
import { joinLine } from "../invite.ts";
import { rememberRelay } from "../last-relay.ts";
import { askState } from "../relay-state.ts";
import { type Addresses, bridgeName, testAddresses } from "./addresses.ts";
import type { Installer } from "../installer.ts";
import { type ClaudePlan, planClaude } from "../plan-claude.ts";
import { type Identity, joinOwnRelay } from "./join-own-relay.ts";

/** A relay that runs, and how a command is its operator. */
export interface OwnRelay {
  readonly config: Config;
  readonly relay: RunningRelay;
  readonly bridge: AskedBridge;
}

/** Everything that `up` says; each of it was just found to be so. */
export interface UpFacts {
  readonly name: string;
  readonly version: string;
  readonly db: string;
  readonly messages: number;
  readonly pid: number;
  readonly uptimeSeconds: number;
  /** It ran before this command. */
  readonly wasRunning: boolean;
  readonly addresses: Addresses;
  readonly hasDashboard: boolean;
  /** Undefined while no other machine can come. */
  readonly invitation: Invitation | undefined;
  readonly identity: Identity | undefined;
  /** Undefined when it is to be left alone. */
  readonly claude: ClaudePlan | undefined;
}

export interface Invitation {
  /** What is pasted on the other machine. */
  readonly command: string;
  /** RFC 3339. */
  readonly expiresAt: string;
  /** The bridge's fingerprint, for people to compare. */
  readonly words: string;
}

/** A relay of this machine answers at once, or something is wrong. */
const stateWithinMs = 5000;

export interface SettleOptions {
  readonly wasRunning: boolean;
  /** Whether Claude Code may be connected. */
  readonly connectsClaude: boolean;
  readonly installer: Installer;
}

/** Finds out what there is to say of a relay that runs, and lets this machine and the next one in. */
export async function settle(own: OwnRelay, options: SettleOptions): Promise<UpFacts> {
  const { config, relay, bridge } = own;
  const { version, messages, uptimeSeconds } = await askState(credentialOf(relay), stateWithinMs);
  const addresses = await testAddresses(relay);
  const identity = await joinOwnRelay(config.client.folder, relay, bridge);
  const { db, hasDashboard } = config;
  rememberRelay(config.client.stateFolder, { db, url: relay.url });
  return {
    name: bridgeName(),
    version,
    db,
    messages,
    pid: relay.pid,
    uptimeSeconds,
    wasRunning: options.wasRunning,
    addresses,
    hasDashboard,
    invitation: await invite(own, addresses),
    identity,
    claude: options.connectsClaude ? await planClaude(config.client.claude, options.installer) : undefined,
  };
}

/** A fresh code, with the address that is best for another machine. */
export async function invite({ bridge }: OwnRelay, { remote }: Addresses): Promise<Invitation | undefined> {
  const [best] = remote;
  if (best === undefined) return undefined;
  const { code, fingerprint, words, expires_at: expiresAt } = await bridge.call("invite");
  return { command: joinLine(best.url, code, fingerprint), expiresAt, words };
}
