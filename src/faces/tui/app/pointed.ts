import type { TerminalEvent } from "../terminal/input.ts";
import { placeOf, windowOf } from "./cursor.ts";
import { move, moveList, scrollDetail } from "./move.ts";
import type { App } from "./state.ts";
import { homeOf, listHeight } from "./view.ts";

/** Lines above the body. */
const headRows = 2;

/** What the mouse does, and whether somebody looks. All of it can be done with keys, too. */
export function pointed(app: App, event: TerminalEvent): void {
  switch (event.kind) {
    case "focus":
      return app.change({ isFocused: event.isFocused });
    case "wheel":
      return roll(app, event.lines, event.column, event.row - headRows);
    case "click":
      return click(app, event.column, event.row - headRows);
  }
}

/** Scrolls what is under the pointer. */
function roll(app: App, lines: number, column: number, row: number): void {
  const { ui, layout } = app.screenful();
  if (ui.mode.kind === "help") return app.change({ mode: { ...ui.mode, top: Math.max(0, ui.mode.top + lines) } });
  if (ui.mode.kind === "palette") return;
  if (isInDetail(app, column, row)) return scrollDetail(app, lines);
  if (column < layout.side)
    return move({ ...app, screenful: () => ({ ...app.screenful(), ui: { ...ui, pane: "side" } }) }, Math.sign(lines));
  moveList(app, lines);
}

function isInDetail(app: App, column: number, row: number): boolean {
  const { layout } = app.screenful();
  const { detail, side, list } = layout;
  if (detail === undefined) return false;
  if (detail.place === "over") return true;
  return detail.place === "below" ? row >= list.height && column >= side : column >= side + list.width;
}

function click(app: App, column: number, row: number): void {
  const screenful = app.screenful();
  const { ui, layout, items, side } = screenful;
  if (ui.mode.kind !== "browse" || row >= layout.body) return;
  if (row < 0 || isInDetail(app, column, row)) return;
  if (column < layout.side) {
    const { top } = windowOf(side, ui.cursors.side, layout.body, "first");
    const item = side[top + row];
    if (item?.kind === "all") app.goTo({ ...ui.place, channel: undefined });
    if (item?.kind === "channel") app.goTo({ ...ui.place, channel: item.name });
    if (item?.kind === "machine") app.change({ screen: "machines" });
    return;
  }
  const home = homeOf(ui.screen);
  const { top } = windowOf(items, ui.cursors[ui.screen], listHeight(screenful), home);
  const to = top + row - 2;
  if (row < 2 || items[to] === undefined) return;
  moveList(app, to - placeOf(items, ui.cursors[ui.screen], home));
  app.change({ pane: "list" });
}
