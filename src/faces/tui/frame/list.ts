import { dayLabel } from "../../../view/ages.ts";
import { windowOf } from "../app/cursor.ts";
import type { NeedItem } from "../app/need-items.ts";
import type { MachineItem } from "../app/machine-items.ts";
import { homeOf, listHeight, type Screenful } from "../app/view.ts";
import { bold, fitLine, gap, type Line, onGround, span, spread } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import type { Row } from "../../../view/live/rows.ts";
import { emptyLines } from "./empty.ts";
import { columnsFor } from "./columns.ts";
import { rowLine } from "./message-row.ts";
import { machineLine } from "./machines.ts";
import { needLine } from "./needs.ts";
import { thousands } from "./side.ts";
import { laneHeads, lanesFor, wireLines } from "./wire.ts";

type Item = Row | NeedItem | MachineItem;

/** The main list: its head with a rule, and the rows that are to be seen. Exactly as high as its box. */
export function listLines(view: Screenful): readonly Line[] {
  const { layout, items, ui } = view;
  const { width } = layout.list;
  const height = listHeight(view);
  const under =
    ui.screen === "wire" && items.length > 0
      ? [gap(1), ...laneHeads(lanesFor(view), width - 1)]
      : [span("─".repeat(width), "line")];
  const head = [spread(titleOf(view), stateOf(view), width), under];
  const rows = items.length === 0 ? emptyLines(view, width, height) : itemLines(view, width, height);
  return [...head, ...Array.from({ length: height }, (_, row) => fitLine(rows[row] ?? [], width))];
}

function itemLines(view: Screenful, width: number, height: number): readonly Line[] {
  const { items, ui } = view;
  const { at, top } = windowOf(items, ui.cursors[ui.screen], height, homeOf(ui.screen));
  const columns = columnsFor(view);
  const seen = items.slice(top, top + height);
  // Tasks that were given before the first row may be open still.
  const wire =
    ui.screen === "wire"
      ? wireLines(view, seen as readonly Row[], items.slice(Math.max(0, top - 200), top) as readonly Row[], width - 1)
      : undefined;
  return seen.map((item, index) => {
    const isAt = top + index === at;
    const isMarked = ui.marked.has(item.key);
    const bar = span(isAt ? "▌" : isMarked ? "+" : " ", "accent");
    const line = fitLine([bar, ...(wire?.[index] ?? itemLine(view, item, columns, width - 1))], width);
    return isAt ? onGround(line, "selected") : line;
  });
}

function itemLine(view: Screenful, item: Item, columns: ReturnType<typeof columnsFor>, width: number): Line {
  switch (item.kind) {
    case "message":
    case "notice":
      return rowLine(view, item, columns, width);
    case "machine":
    case "agent":
      return machineLine(view, item, width);
    case "heading":
    case "question":
    case "unnoticed":
    case "failed":
    case "loop":
      return needLine(view, item, width);
  }
}

function titleOf(view: Screenful): Line {
  const { ui, live } = view;
  switch (ui.screen) {
    case "needs":
      return [gap(1), bold("Needs you")];
    case "machines":
      return [gap(1), bold("Machines"), gap(2), span(`${live.agents.size} agents`, "faint")];
    case "health":
      return [gap(1), bold("Health")];
    case "feed":
    case "wire": {
      const { channel } = ui.place;
      if (ui.screen === "wire" && ui.thread !== undefined)
        return [gap(1), bold(shown(ui.thread, 100)), gap(2), span("one thread, Esc shows all", "faint")];
      const info = channel === undefined ? undefined : live.channels?.get(channel);
      const about = info === undefined ? "" : `${people(info.senders.length)}, ${thousands(info.messages)} messages`;
      return [gap(1), bold(channel === undefined ? "All messages" : shown(channel, 100)), gap(2), span(about, "faint")];
    }
  }
}

const people = (count: number) => (count === 1 ? "1 sender" : `${count} senders`);

function stateOf(view: Screenful): Line {
  const { feed, ui, items, now, layout } = view;
  if (ui.screen !== "feed" && ui.screen !== "wire") return [];
  const { top } = windowOf(items, ui.cursors[ui.screen], listHeight(view), "last");
  const first = items[top];
  const day = first?.kind === "message" && layout.kind !== "lines" ? dayLabel(first.message.acceptedAt, now) : "";
  const fresh = feed.unseen > 0 ? `, ${thousands(feed.unseen)} new ↓` : "";
  const paused = feed.isPaused ? [gap(2), span(`paused${fresh}`, "warn")] : [];
  const older = top === 0 && feed.hasOlder ? [gap(2), span("older above", "muted")] : [];
  return [span(day, "faint"), ...older, ...paused, gap(1)];
}
