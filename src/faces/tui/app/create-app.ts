import type { BridgeClient, BridgeState, CallOptions, Needs, StreamEntry } from "../../../client/index.ts";
import { systemTimer, type Timer } from "../../../client/timer.ts";
import { type Clock, systemClock } from "../../../core/clock.ts";
import type { History } from "../../../view/live/history.ts";
import { createListeners } from "../../../core/listeners.ts";
import type { Live } from "../../../view/live/live.ts";
import type { TuiSettings } from "../settings.ts";
import { createAsked } from "./asked.ts";
import { type App, noticeMs, type TerminalActions, undoMs } from "./state.ts";
import { createOpenFeed } from "./open-feed.ts";
import { sideKeyOf } from "./move.ts";
import { initialUi, type Notice, type Place, type Ui } from "./ui.ts";
import { countUnread } from "./unread.ts";
import { type Screenful, screenfulOf, type View } from "./view.ts";

export interface AppParts {
  readonly client: BridgeClient;
  readonly live: Live;
  /** The messages of a place, for the feed to read. */
  readonly historyOf: (place: Place) => History;
  readonly settings: TuiSettings;
  readonly terminal: TerminalActions;
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly clock?: Clock;
}

export interface RunningApp extends App {
  /** After each change that a frame may show. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

export function createApp(parts: AppParts): RunningApp {
  const { client, live, historyOf, settings, terminal, size, clock = systemClock } = parts;
  const changed = createListeners();
  const stop = new AbortController();
  const timer = timerUntil(stop.signal);
  const { needs, health, latency } = questionsTo({ client, signal: stop.signal, changed: changed.wakeAll, timer });
  let ui = initialUi(settings.theme);
  const feed = createOpenFeed({ live, historyOf, first: ui.place, changed: changed.wakeAll });
  let drawn: Screenful | undefined;
  changed.add(() => (drawn = undefined));

  function change(next: Partial<Ui>): void {
    ui = { ...ui, ...next };
    changed.wakeAll();
  }

  const say = createSay({ clock, timer, change, notice: () => ui.notice });

  function goTo(place: Place, at?: string): void {
    const isThere = place.channel === ui.place.channel && place.query === ui.place.query;
    if (isThere && at === undefined) return;
    const reason = feed.open(place, at);
    if (reason === undefined) change(arrivedAt(place, ui));
    else say(reason, "error");
  }

  const view = (): View => ({
    ...size(),
    settings,
    ui,
    now: clock.now(),
    live: live.snapshot(),
    feed: feed.current().snapshot(),
    needs: needs.state(),
    health: health.state(),
    latencyMs: latency.state().answer,
  });
  const watch = watchLive({ live, needs, latency, settings, terminal, ui: () => ui, change });
  const unsubscribe = live.subscribe(changed.wakeAll);
  return {
    settings,
    client,
    live,
    clock,
    terminal,
    feed: feed.current,
    ui: () => ui,
    change,
    screenful: () => (drawn ??= screenfulOf(view())),
    say,
    goTo,
    refreshHealth: health.ask,
    refreshNeeds: needs.ask,
    subscribe: changed.add,
    close() {
      stop.abort();
      watch();
      unsubscribe();
      feed.close();
    },
  };
}

interface Saying {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly change: (next: Partial<Ui>) => void;
  readonly notice: () => Notice | undefined;
}

const createSay =
  ({ clock, timer, change, notice: shown }: Saying): App["say"] =>
  (text, tone = "muted", undo) => {
    const stays = undo === undefined ? noticeMs : undoMs;
    const notice = { text, tone, undo, until: clock.now() + stays };
    change({ notice });
    // What is said meanwhile stays as long as it would have.
    timer(stays, () => shown() === notice && change({ notice: undefined }));
  };

/** The side bar's cursor goes along, and what was chosen in the list before is no more. */
function arrivedAt(place: Place, { place: before, cursors, unread }: Ui): Partial<Ui> {
  const start = { key: undefined, top: undefined };
  const side = place.channel === before.channel ? cursors.side : { ...cursors.side, key: sideKeyOf(place.channel) };
  const left = new Map(unread);
  if (place.channel !== undefined) left.delete(place.channel);
  const fresh = { marked: new Set<string>(), detailTop: 0, thread: undefined };
  return { ...fresh, place, unread: left, cursors: { ...cursors, feed: start, wire: start, side } };
}

/** Nothing of it keeps a process that has left its screen. */
const timerUntil =
  (signal: AbortSignal): Timer =>
  (ms, act) => {
    const cancel = systemTimer(ms, () => {
      signal.removeEventListener("abort", stop);
      act();
    });
    function stop(): void {
      signal.removeEventListener("abort", stop);
      cancel();
    }
    signal.addEventListener("abort", stop);
    return stop;
  };

interface Questions {
  readonly client: BridgeClient;
  readonly signal: AbortSignal;
  readonly changed: () => void;
  readonly timer: Timer;
}

/** What no stream tells, and is asked for when something may have changed it. */
function questionsTo({ client, signal, changed, timer }: Questions) {
  const once = { signal, patienceMs: 0 };
  return {
    needs: createAsked<Needs>(() => client.needs(once), changed, timer),
    health: createAsked<BridgeState>(() => client.state(once), changed, timer),
    latency: createAsked<number>(() => measure(client, once), changed, timer),
  };
}

async function measure(client: BridgeClient, once: CallOptions): Promise<number> {
  const before = performance.now();
  await client.status(once);
  return Math.round(performance.now() - before);
}

interface Watching {
  readonly live: Live;
  readonly needs: { ask(): void };
  readonly latency: { ask(): void };
  readonly settings: TuiSettings;
  readonly terminal: TerminalActions;
  readonly ui: () => Ui;
  readonly change: (next: Partial<Ui>) => void;
}

/** What happens beside drawing when something comes. */
function watchLive({ live, needs, latency, settings, terminal, ui, change }: Watching): () => void {
  let connection = live.snapshot().connection;
  const unsubscribe = live.subscribe(() => {
    const now = live.snapshot().connection;
    if (now === connection) return;
    connection = now;
    if (now.kind !== "live") return;
    latency.ask();
    needs.ask();
  });
  const unfollow = live.follow((entries) => {
    const unread = countUnread(ui(), entries, settings.sender);
    if (unread !== ui().unread) change({ unread });
    if (entries.some(mayNeed)) needs.ask();
    if (entries.some(isForPeople)) terminal.ring();
  });
  return () => {
    unsubscribe();
    unfollow();
  };
}

/** Of messages their receipts tell what became of them. */
const mayNeed = (entry: StreamEntry) => entry.kind === "receipt" || entry.kind === "agent" || entry.kind === "cleared";

const isForPeople = (entry: StreamEntry) =>
  entry.kind === "receipt" && entry.agent === "you" && entry.state === "stored" && entry.why !== undefined;
