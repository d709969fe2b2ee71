import type { Screenful } from "../app/view.ts";
import { widthOfLine } from "../paint/line.ts";
import { saidOf } from "../said-of.ts";
import { shown } from "../text/shown.ts";
import { widthOf } from "../text/width.ts";
import { whoLine } from "./message-row.ts";

/** The columns of a list of messages, in cells; 0: not there. */
export interface Columns {
  readonly time: number;
  readonly channel: number;
  readonly who: number;
  readonly type: number;
  readonly progress: number;
}

/** Columns are as wide as these rows need: more would have to be looked at for every frame. */
const mostMeasured = 200;

/** As wide as what is in them, within bounds, so that what is said has the most room. */
export function columnsFor(view: Screenful): Columns {
  const { layout, ui, feed } = view;
  const { width } = layout.list;
  const needed = { channel: 0, who: 0, type: 0 };
  for (const row of feed.rows.slice(-mostMeasured)) {
    if (row.kind !== "message") continue;
    const { type, to } = saidOf(row.message).said;
    needed.channel = Math.max(needed.channel, widthOf(shown(row.message.channel, 80)));
    needed.who = Math.max(needed.who, widthOfLine(whoLine(row.message.sender, to)));
    if (type !== undefined && type !== "message") needed.type = Math.max(needed.type, widthOf(shown(type, 40)));
  }
  const most = boundsFor(width);
  return {
    time: most.time,
    channel: ui.place.channel === undefined ? Math.min(needed.channel, most.channel) : 0,
    who: Math.min(needed.who, most.who),
    type: Math.min(needed.type, most.type),
    progress: most.progress,
  };
}

function boundsFor(width: number): Columns {
  if (width >= 130) return { time: 8, channel: 24, who: 36, type: 10, progress: 28 };
  if (width >= 110) return { time: 8, channel: 20, who: 32, type: 10, progress: 17 };
  if (width >= 76) return { time: 8, channel: width >= 90 ? 16 : 0, who: 30, type: 9, progress: width >= 90 ? 17 : 5 };
  return { time: width >= 60 ? 8 : 5, channel: 0, who: width >= 60 ? 22 : 14, type: 0, progress: 3 };
}
