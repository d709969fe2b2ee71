import { commands } from "../app/commands.ts";
import type { Candidate } from "../app/palette.ts";
import type { Screenful } from "../app/view.ts";
import { smallest } from "../layout.ts";
import { gap, type Line, sliceLine, span } from "../paint/line.ts";
import { barLines } from "./bars.ts";
import { composerLines } from "./composer.ts";
import { detailLines } from "./detail.ts";
import { headerLine, ruleLine } from "./header.ts";
import { helpLines } from "./help.ts";
import { keyLine } from "./keys.ts";
import { listLines } from "./list.ts";
import { paletteOverlay } from "./palette.ts";
import { sideLines } from "./side.ts";

export interface CursorAt {
  readonly x: number;
  readonly y: number;
}

/** All lines of the terminal, and where its cursor stands; none where nothing is being written. */
export interface Frame {
  readonly lines: readonly Line[];
  readonly cursor: CursorAt | undefined;
}

export function frameOf(view: Screenful, found: readonly Candidate[]): Frame {
  if (view.layout.kind === "too small") return tooSmall(view);
  const isHelp = view.ui.mode.kind === "help";
  const head = [headerLine(view), ruleLine(view.columns, isHelp ? 0 : view.layout.side)];
  const bars = barLines(view);
  const composer = composerLines(view);
  const middle = isHelp ? helpLines(view, commands) : [...bodyLines(view), ...composer.lines];
  const lines = [...head, ...middle, ...bars.lines, keyLine(view, commands)];
  const overlay = paletteOverlay(view, found);
  if (overlay !== undefined) {
    const laid = overlaid(lines, overlay, head.length);
    return { lines: laid, cursor: { x: overlay.cursor.x, y: head.length + overlay.cursor.y } };
  }
  if (composer.cursor !== undefined) {
    return { lines, cursor: { x: composer.cursor.x, y: head.length + view.layout.body + composer.cursor.y } };
  }
  const y = head.length + middle.length;
  return { lines, cursor: bars.cursor === undefined ? undefined : { x: bars.cursor.x, y: y + bars.cursor.y } };
}

function bodyLines(view: Screenful): readonly Line[] {
  const { layout } = view;
  const main = mainLines(view);
  if (layout.side === 0) return main;
  const side = sideLines(view);
  return main.map((line, row) => [...joined(side[row] ?? [], line), ...line]);
}

function mainLines(view: Screenful): readonly Line[] {
  const { detail } = view.layout;
  if (detail?.place === "over") return detailLines(view);
  const list = listLines(view);
  if (detail === undefined) return list;
  const lines = detailLines(view);
  if (detail.place === "below") return [...list, ...lines];
  return list.map((line, row): Line => [...line, span(isRule(line) ? "┼" : "│", "line"), ...(lines[row] ?? [])]);
}

const isRule = (line: Line) => line.some(({ text }) => text.startsWith("──"));

/** The side bar's edge meets the rules beside it. */
const joined = (side: Line, beside: Line): Line =>
  beside[0]?.text.startsWith("─") === true ? [...side.slice(0, -1), span("├", "line")] : side;

function overlaid(
  lines: readonly Line[],
  overlay: NonNullable<ReturnType<typeof paletteOverlay>>,
  from: number,
): readonly Line[] {
  const { x, width } = overlay;
  return lines.map((line, row) => {
    const over = overlay.lines[row - from - overlay.y];
    return over === undefined
      ? line
      : [...sliceLine(line, 0, x), ...over, ...sliceLine(line, x + width, Number.POSITIVE_INFINITY)];
  });
}

function tooSmall({ columns, rows }: Screenful): Frame {
  const words = `needs ${smallest.columns}×${smallest.rows}, this is ${columns}×${rows}`;
  const line: Line = [gap(Math.max(0, Math.floor((columns - words.length) / 2))), span(words, "warn")];
  const middle = Math.floor((rows - 1) / 2);
  return { lines: Array.from({ length: rows }, (_, row) => (row === middle ? line : [])), cursor: undefined };
}
