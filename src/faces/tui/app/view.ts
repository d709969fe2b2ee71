import type { BridgeState, Needs } from "../../../client/index.ts";
import type { FeedState } from "../../../view/live/feed.ts";
import type { LiveState } from "../../../view/live/live.ts";
import type { Row } from "../../../view/live/rows.ts";
import { type Layout, layoutFor } from "../layout.ts";
import type { TuiSettings } from "../settings.ts";
import { saidOf } from "../said-of.ts";
import { wrap } from "../text/width.ts";
import { type Home, placeOf } from "./cursor.ts";
import { type NeedItem, needItemsOf } from "./need-items.ts";
import { type MachineItem, machineItemsOf } from "./machine-items.ts";
import { type SideItem, sideItemsOf } from "./side-items.ts";
import type { Screen, Ui } from "./ui.ts";

/** Something that is asked for and may fail. */
export interface Asked<Answer> {
  readonly answer: Answer | undefined;
  readonly error: string | undefined;
  readonly isAsking: boolean;
}

export const notAsked = { answer: undefined, error: undefined, isAsking: false } as const;

/** Everything that a frame is drawn from. */
export interface View {
  readonly settings: TuiSettings;
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
  readonly ui: Ui;
  readonly live: LiveState;
  readonly feed: FeedState;
  readonly needs: Asked<Needs>;
  readonly health: Asked<BridgeState>;
  /** How long the bridge took to answer when it was last connected to, in milliseconds. */
  readonly latencyMs: number | undefined;
}

export interface Screenful extends View {
  readonly layout: Layout;
  readonly side: readonly SideItem[];
  /** What the screen lists. */
  readonly items: readonly (Row | NeedItem | MachineItem)[];
  /** The row with the cursor. */
  readonly selected: Row | NeedItem | MachineItem | undefined;
}

export function screenfulOf(view: View): Screenful {
  const { ui, live } = view;
  const items = itemsOf(view);
  const selected = items[placeOf(items, ui.cursors[ui.screen], homeOf(ui.screen))];
  const layout = layoutFor({
    columns: view.columns,
    rows: view.rows,
    isSideHidden: ui.isSideHidden,
    isDetailOpen: ui.isDetailOpen,
    hasDetail: (ui.screen === "feed" || ui.screen === "wire" || ui.screen === "needs") && selected !== undefined,
    draftLines: draftLines(view),
    bars: barsOf(view),
  });
  return { ...view, layout, side: sideItemsOf(live.channels, live.agents), items, selected };
}

function itemsOf({ ui, feed, needs, live }: View): Screenful["items"] {
  switch (ui.screen) {
    case "feed":
      return feed.rows;
    case "wire":
      return ui.thread === undefined
        ? feed.rows
        : feed.rows.filter((row) => row.kind === "message" && saidOf(row.message).said.thread === ui.thread);
    case "needs":
      return needItemsOf(needs.answer);
    case "machines":
      return machineItemsOf(live.agents);
    case "health":
      return [];
  }
}

export const homeOf = (screen: Screen | "side"): Home => (screen === "feed" || screen === "wire" ? "last" : "first");

/** Rows that the main list has for its items, below its head. */
export const listHeight = ({ layout }: Pick<Screenful, "layout">): number => Math.max(1, layout.list.height - 2);

function draftLines({ ui, columns }: View): number | undefined {
  if (ui.mode.kind !== "compose") return undefined;
  return wrap(ui.mode.field.text, Math.max(10, columns - 4), 100).length;
}

/** A bar for a connection that is lost, one for a filter that is there or being written. */
const barsOf = ({ ui, live }: View): number =>
  (isLost(live) ? 1 : 0) + (ui.mode.kind === "filter" || ui.place.query !== "" ? 1 : 0);

export const isLost = ({ connection }: LiveState): boolean =>
  connection.kind === "retrying" || connection.kind === "ended";
