import type { Candidate } from "../app/palette.ts";
import type { Screenful } from "../app/view.ts";
import { bold, fitLine, gap, type Line, onGround, span, spread } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { widthOf } from "../text/width.ts";
import type { CursorAt } from "./frame.ts";

/** A box over the body. */
export interface Overlay {
  readonly lines: readonly Line[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly cursor: CursorAt;
}

const widest = 76;
const highest = 14;

/** What was typed, and what it fits. */
export function paletteOverlay({ ui, columns, layout }: Screenful, found: readonly Candidate[]): Overlay | undefined {
  if (ui.mode.kind !== "palette") return undefined;
  const { field, at } = ui.mode;
  const width = Math.min(widest, columns - 2);
  const inner = width - 2;
  const height = Math.min(highest, layout.body - 3);
  const top = Math.max(0, at - height + 1);
  const rows = found.slice(top, top + height).map((candidate, index) => rowOf(candidate, inner, top + index === at));
  const nothing = [fitLine([gap(1), span("Nothing has that name.", "muted")], inner)];
  const before = shown(field.text.slice(0, field.at));
  const input = spread(
    [
      bold(" : ", "accent"),
      span(before),
      span(shown(field.text.slice(field.at))),
      ...(field.text === "" ? [span("a channel, an agent or a command", "faint")] : []),
    ],
    [],
    inner,
  );
  const boxed = [input, ...(rows.length === 0 ? nothing : rows)].map((line): Line => [
    span("│", "lineStrong"),
    ...line,
    span("│", "lineStrong"),
  ]);
  const edge = (left: string, right: string): Line => [span(`${left}${"─".repeat(inner)}${right}`, "lineStrong")];
  const lines = [edge("┌", "┐"), ...boxed, edge("└", "┘")].map((line) => onGround(line, "raised"));
  const x = Math.max(0, Math.floor((columns - width) / 2));
  return { lines, x, y: 0, width, cursor: { x: Math.min(columns - 1, x + 4 + widthOf(before)), y: 1 } };
}

function rowOf({ name, note, kind }: Candidate, width: number, isAt: boolean): Line {
  const bar = span(isAt ? "▌" : " ", "accent");
  const right: Line = [span(note === "" ? kind : `${kind}, ${shown(note, 60)}`, "faint"), gap(1)];
  const line = spread([bar, isAt ? bold(shown(name, 120)) : span(shown(name, 120))], right, width);
  return isAt ? onGround(line, "selected") : line;
}
