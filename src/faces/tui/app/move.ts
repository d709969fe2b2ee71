import { movedBy, placeOf } from "./cursor.ts";
import { allKey, type SideItem } from "./side-items.ts";
import type { App } from "./state.ts";
import { homeOf, listHeight } from "./view.ts";

/** Moves the cursor of the pane that the keys go to. */
export function move(app: App, steps: number): void {
  const { ui, layout } = app.screenful();
  if (ui.pane === "detail" || layout.detail?.place === "over") return scrollDetail(app, steps);
  if (ui.pane === "side" && layout.side > 0) return moveSide(app, steps);
  moveList(app, steps);
}

export function scrollDetail(app: App, lines: number): void {
  app.change({ detailTop: Math.max(0, app.ui().detailTop + lines) });
}

/** What the screen shows beside the rows that are listed: of a list that follows, to leave its end is to pause it. */
export function moveList(app: App, steps: number): void {
  const screenful = app.screenful();
  const { ui, items, feed } = screenful;
  const cursor = ui.cursors[ui.screen];
  const home = feed.hasNewer ? "first" : homeOf(ui.screen);
  const next = movedBy(items, cursor, steps, { height: listHeight(screenful), home });
  app.change({ cursors: { ...ui.cursors, [ui.screen]: next }, detailTop: 0 });
  if (ui.screen !== "feed" && ui.screen !== "wire") return;
  if (steps < 0) {
    if (!feed.isPaused && next.key !== undefined) app.feed().pause();
    if (placeOf(items, next, "last") === 0 && feed.hasOlder) void app.feed().loadOlder();
  } else if (next.key === undefined) {
    follow(app);
  } else if (feed.hasNewer && placeOf(items, next, "first") === items.length - 1) {
    void app.feed().loadNewer();
  }
}

export function toStart(app: App): void {
  const { ui, items } = app.screenful();
  if (ui.pane === "side") return moveSide(app, -items.length - 10_000);
  moveList(app, -items.length);
}

export function toEnd(app: App): void {
  const { ui, items } = app.screenful();
  if (ui.pane === "side") return moveSide(app, 10_000);
  if (ui.screen !== "feed" && ui.screen !== "wire") return moveList(app, items.length);
  app.change({ cursors: { ...ui.cursors, [ui.screen]: { key: undefined, top: undefined } }, detailTop: 0 });
  follow(app);
}

/** To the newest, and on with whatever comes. */
function follow(app: App): void {
  const { feed } = app.screenful();
  if (feed.isPaused || feed.hasNewer) void app.feed().toEnd();
}

export function togglePause(app: App): void {
  const { ui, feed, selected } = app.screenful();
  if (!feed.isPaused) {
    app.feed().pause();
    // It stands where it stood, and not at an end that moves.
    const cursor = { key: selected?.key, top: undefined };
    if (selected !== undefined) app.change({ cursors: { ...ui.cursors, [ui.screen]: cursor } });
    return;
  }
  app.change({
    cursors: { ...ui.cursors, feed: { key: undefined, top: undefined }, wire: { key: undefined, top: undefined } },
  });
  void app.feed().toEnd();
}

function moveSide(app: App, steps: number): void {
  const { ui, side, layout } = app.screenful();
  const next = movedBy(side, ui.cursors.side, steps, { height: layout.body, home: "first" });
  app.change({ cursors: { ...ui.cursors, side: next } });
  choose(app, side[placeOf(side, next, "first")]);
}

/** A channel that the cursor comes to is shown at once. */
function choose(app: App, item: SideItem | undefined): void {
  const { place } = app.ui();
  if (item?.kind === "all") app.goTo({ ...place, channel: undefined });
  else if (item?.kind === "channel") app.goTo({ ...place, channel: item.name });
}

/** Whether the side bar's cursor stands on what the feed shows. */
export const sideKeyOf = (channel: string | undefined): string =>
  channel === undefined ? allKey : `channel ${channel}`;
