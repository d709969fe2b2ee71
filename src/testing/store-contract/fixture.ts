import { afterEach, beforeEach } from "vitest";
import type { Clock } from "../../core/clock.ts";
import { next } from "../../core/feed.ts";
import {
  beginning,
  type ChannelName,
  type ConsumerId,
  type Draft,
  type Entry,
  type Message,
  type Seq,
} from "../../core/message.ts";
import { only, type Scope } from "../../core/scope.ts";
import type { Store } from "../../core/store.ts";
import { createFakeClock, type FakeClock } from "../fake-clock.ts";

export interface StoreFixture {
  /** Two views of one log: the same store twice, two processes, or two nodes. */
  readonly here: Store;
  readonly there: Store;
  teardown?(): Promise<void>;
}

export interface StoreOptions {
  readonly clock?: Clock;
  readonly maxChannels?: () => number;
}

export type OpenStore = (options: StoreOptions) => Promise<StoreFixture>;

export interface Fresh {
  readonly here: Store;
  readonly there: Store;
  readonly clock: FakeClock;
}

/** A new store for each test of the surrounding `describe`. */
export function freshStore(open: OpenStore, options: StoreOptions = {}): Fresh {
  let fixture: StoreFixture | undefined;
  let clock = createFakeClock();

  const opened = () => {
    if (fixture === undefined) throw new Error("the store is open only while a test runs");
    return fixture;
  };

  beforeEach(async () => {
    clock = createFakeClock();
    fixture = await open({ clock, ...options });
  });

  afterEach(async () => {
    const { here, there, teardown } = opened();
    fixture = undefined;
    await here.close();
    await there.close();
    await teardown?.();
  });

  return {
    get here() {
      return opened().here;
    },
    get there() {
      return opened().there;
    },
    get clock() {
      return clock;
    },
  };
}

export const worker = "demo:worker" as ChannelName;
export const review = "demo:review" as ChannelName;
export const tests = "tests:worker" as ChannelName;
export const reader = "reader" as ConsumerId;

export const names = (...channels: readonly ChannelName[]): Scope => ({ names: channels, patterns: [] });
export const patterns = (...wanted: readonly string[]): Scope => ({ names: [], patterns: wanted });

export const draft = (content: string, channel = worker, sender = "ann"): Draft => ({ channel, sender, content });

/** Appends in one call; fails when a draft is refused. */
export async function send(store: Store, ...drafts: readonly Draft[]): Promise<readonly Message[]> {
  return (await store.append(drafts)).map((appended) => {
    if (appended.kind === "refused") throw appended.error;
    return appended.message;
  });
}

/** As `send`, for one draft. */
export async function sendOne(store: Store, one: Draft): Promise<Message> {
  const [message] = await send(store, one);
  if (message === undefined) throw new Error("append answered nothing for a draft");
  return message;
}

/** The texts, with clears in their places. */
export const textsOf = (entries: readonly Entry[]): readonly string[] =>
  entries.map((entry) => (entry.kind === "message" ? entry.content : `<${entry.count} ${entry.kind}>`));

export const seqsOf = (entries: readonly Entry[]): readonly Seq[] => entries.map(({ seq }) => seq);

export const everyEntry = (store: Store, channel = worker) => store.read(only(channel), beginning, 500);

/** What comes after `after`, however long the other side takes to show it. */
export const nextEntries = (store: Store, scope: Scope, after: Seq = beginning) =>
  next(store, scope, { after, limit: 500, signal: AbortSignal.timeout(5000) });
