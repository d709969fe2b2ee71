import { join } from "node:path";
import { type Backoff, type ConnectOptions, connect, type Timer } from "../client/index.ts";
import { pause, systemTimer } from "../client/timer.ts";
import type { Session } from "../config/session.ts";
import { type Clock, systemClock } from "../core/clock.ts";
import type { ToolHost } from "../faces/mcp/tool-host.ts";
import { takeSlot } from "./agent-slot.ts";
import { createIdentity, type Identity } from "./identity.ts";
import { answerMs, goodbyeMs } from "./limits.ts";
import { createLink, type Link } from "./link.ts";
import { openLocalSide } from "./local-side.ts";
import { createMail } from "./mail.ts";
import { createOpenWaits } from "./open-waits.ts";
import { openOutboxFolder } from "./outbox-folder.ts";
import { createOutbox } from "./outbox.ts";
import { createPresence, type Presence } from "./presence.ts";
import { createShimTools } from "./tools.ts";
import { createWhoAmI } from "./who-am-i.ts";

export interface ShimOptions {
  /** What this machine calls the bridge. */
  readonly bridge: string;
  readonly connect: Pick<ConnectOptions, "url" | "token" | "fetch">;
  readonly version: string;
  readonly stateFolder: string;
  readonly session: Session;
  readonly onError: (error: unknown) => void;
  readonly pid?: number;
  readonly parent?: number;
  readonly clock?: Clock;
  readonly timer?: Timer;
  readonly backoff?: Backoff;
}

/** What runs beside an agent: its tools, its mail, its name, and what wakes it. */
export interface Shim {
  readonly host: ToolHost;
  /** The agent's client has these messages whole. */
  delivered(ids: readonly string[]): void;
  /** The agent's client has said what it is. */
  metClient(client: { readonly name: string; readonly version: string }): void;
  /** Says goodbye, and leaves nothing behind but what is to be sent. */
  close(): Promise<void>;
}

/** Needs no bridge to begin with: it looks for it for as long as it runs. */
export async function startShim(options: ShimOptions): Promise<Shim> {
  const { session, stateFolder, version, onError, clock = systemClock, timer = systemTimer } = options;
  const { pid = process.pid, parent = process.ppid, backoff = { firstMs: 500, mostMs: 30_000 } } = options;
  const life = new AbortController();
  const slot = await takeSlot({ folder: stateFolder, project: session.project, pid, clock });
  const link = openLink(options, slot.role, { clock, timer, backoff, life: life.signal });
  const outboxFolder = openOutboxFolder(join(stateFolder, "outbox", encodeURIComponent(options.bridge)), clock);
  const outbox = createOutbox({ link, folder: outboxFolder, clock, timer, onError });
  const waits = createOpenWaits(() => presence.changed());
  const identity: Identity = createIdentity({
    slot,
    async onRole(old) {
      mail.restart();
      await presence.renamed(old);
    },
    onAgent: () => local.renamed(),
  });
  const ways = () => mail.ways();
  const presence: Presence = createPresence({ link, timer, session, version, waits, ways, identity });
  const mail = createMail({ link, timer, clock, backoff, waits, presence, identity, inbox: session.inbox, onError });
  const { unread, digest, watchers, prober, delivered } = mail;
  const runs = { stateFolder, pid, parent, project: session.project, clock };
  const side = { runs, identity, link, unread, digest, watchers, prober, delivered, presence, onError };
  const local = await openLocalSide(side);
  const running = mail.run(life.signal).catch(onError);
  presence.changed();

  const whoAmI = createWhoAmI({ link, unread, identity, queued: () => outboxFolder.waiting().length });
  return {
    host: createShimTools({ version, link, outbox, unread, waits, whoAmI, role: slot.role, onCall: prober.called }),
    delivered,
    metClient: presence.metClient,
    async close() {
      local.close();
      presence.close();
      const goodbye = Promise.allSettled([mail.close(), presence.gone()]);
      await Promise.race([goodbye, pause(timer, goodbyeMs, life.signal)]);
      life.abort();
      outbox.close();
      await running;
    },
  };
}

function openLink(
  { bridge, connect: how }: ShimOptions,
  agent: () => string,
  { clock, timer, backoff, life }: { clock: Clock; timer: Timer; backoff: Backoff; life: AbortSignal },
): Link {
  const client = connect({ ...how, agent, timer, backoff, answerMs });
  // What nobody else ends, ends with the shim.
  const request: typeof client.request = (what, options) => client.request(what, { signal: life, ...options });
  return createLink(bridge, { request }, clock);
}
