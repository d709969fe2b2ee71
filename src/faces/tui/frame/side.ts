import { windowOf } from "../app/cursor.ts";
import { isAway, type SideItem } from "../app/side-items.ts";
import type { Screenful } from "../app/view.ts";
import { bold, fitLine, gap, type Line, onGround, type Span, span, spread } from "../paint/line.ts";
import { shown } from "../text/shown.ts";

/** The channels and machines; exactly as many lines as the body has. */
export function sideLines(view: Screenful): readonly Line[] {
  const { layout, side, ui } = view;
  const height = layout.body;
  const width = layout.side - 1;
  const { top, at } = windowOf(side, ui.cursors.side, height, "first");
  return Array.from({ length: height }, (_, row): Line => {
    const item = side[top + row];
    const line = item === undefined ? [] : rowOf(view, item, width, top + row === at);
    return [...fitLine(line, width), span("│", "line")];
  });
}

function rowOf(view: Screenful, item: SideItem, width: number, isAt: boolean): Line {
  const { ui } = view;
  const bar = span(isAt ? (ui.pane === "side" ? "▌" : "▎") : " ", "accent");
  const line = spread([bar, ...nameOf(item, isAt)], [gap(1), ...countOf(view, item), gap(1)], width);
  return isAt ? onGround(line, "selected") : line;
}

function nameOf(item: SideItem, isAt: boolean): Line {
  const text = (words: string): Span => (isAt ? bold(words) : span(words));
  switch (item.kind) {
    case "all":
      return [text("All messages")];
    case "group":
      return [span(shown(item.name, 60), "faint")];
    case "channel":
      return [text(`${item.label === item.name ? "" : "  "}${shown(item.label, 80)}`)];
    case "machine":
      return [isAway(item.agents) ? span("○ ", "faint") : span("● ", "ok"), text(shown(item.name, 60))];
  }
}

/** What is unread is loud, what is there is not. */
function countOf({ ui, live }: Screenful, item: SideItem): Line {
  switch (item.kind) {
    case "all": {
      const all = [...(live.channels?.values() ?? [])].reduce((sum, { messages }) => sum + messages, 0);
      return [span(thousands(all), "faint")];
    }
    case "group":
      return [];
    case "channel": {
      const unread = ui.unread.get(item.name) ?? 0;
      return unread > 0 ? [bold(`${thousands(unread)} new`, "accent")] : [span(thousands(item.messages), "faint")];
    }
    case "machine":
      return [span(isAway(item.agents) ? "away" : `${item.agents.length}`, "faint")];
  }
}

export const thousands = (count: number): string => count.toLocaleString("en-GB");
