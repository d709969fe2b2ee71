import type { Token } from "../../../view/tokens.ts";
import { clockTime } from "../../../view/ages.ts";
import type { MessageRow, Row } from "../../../view/live/rows.ts";
import { progressOf } from "../../../view/progress.ts";
import { gistText } from "../../../view/said.ts";
import { markOf } from "../../../view/sender.ts";
import { lanesOf, openTasksAfter, others } from "../app/lanes.ts";
import type { Screenful } from "../app/view.ts";
import { fitLine, gap, type Line, span } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { cut, widthOf } from "../text/width.ts";
import { noticeLine, senderSpans, typeColour } from "./message-row.ts";
import { saidOf } from "../said-of.ts";

const timeWidth = 9;
/** A narrower lane has no room for a word between two of them. */
const narrowest = 16;

/** Where lanes are, in cells of the list. */
export interface Lanes {
  readonly names: readonly string[];
  readonly at: (index: number) => number;
  readonly width: number;
}

export function lanesFor({ items, layout }: Screenful): Lanes {
  const room = layout.list.width - timeWidth - 2;
  const names = lanesOf(items as readonly Row[], Math.max(2, Math.floor(room / narrowest)));
  const width = Math.max(1, Math.floor(room / Math.max(1, names.length)));
  return { names, width, at: (index) => timeWidth + 1 + index * width + Math.floor(width / 2) };
}

/** The names over their lanes. */
export function laneHeads({ names, width, at }: Lanes, total: number): Line {
  const line: Line[] = [];
  let x = 0;
  for (const [index, name] of names.entries()) {
    const head = fitHead(name, width - 2);
    const from = Math.max(x, at(index) - Math.floor(head.width / 2));
    line.push([gap(from - x), ...head.spans]);
    x = from + head.width;
  }
  return fitLine(line.flat(), total);
}

function fitHead(name: string, most: number): { readonly spans: Line; readonly width: number } {
  const spans = name === others ? [span(others, "muted")] : senderSpans(name);
  const width = Math.min(
    most,
    spans.reduce((sum, { text }) => sum + widthOf(text), 0),
  );
  return { spans: fitLine(spans, width), width };
}

/** One message as an arrow from lane to lane: whole when it was read, broken while it was not, red when it is held. */
export function wireLines(
  view: Screenful,
  rows: readonly Row[],
  before: readonly Row[],
  width: number,
): readonly Line[] {
  const lanes = lanesFor(view);
  const open = openTasksAfter([...before, ...rows]).slice(before.length);
  return rows.map((row, index) =>
    row.kind === "message"
      ? arrowLine(view, row, lanes, open[index] ?? new Set(), width)
      : noticeLine(row as Extract<Row, { kind: "notice" }>, width),
  );
}

function arrowLine({ now }: Screenful, row: MessageRow, lanes: Lanes, open: ReadonlySet<string>, width: number): Line {
  const { message, receipts } = row;
  const { said, gist } = saidOf(message);
  const progress = progressOf(receipts, now, said.type === "question");
  const laneOf = (name: string) => Math.max(0, lanes.names.indexOf(lanes.names.includes(name) ? name : others));
  const from = laneOf(message.sender);
  const to = said.to === undefined ? undefined : laneOf(said.to);
  const words = shown(`${said.type === undefined ? "" : `${said.type}: `}${gistText(gist)}`);
  const cells = backdrop(lanes, open, width);
  const colour: Token = progress.tone === "error" ? "error" : typeColour(said.type);
  put(cells, 0, [span(clockTime(message.acceptedAt), "faint")]);
  const start = lanes.at(from);
  if (to === undefined || to === from) {
    put(cells, start, [
      span("●", `sender${markOf(message.sender).hue}` as Token),
      gap(1),
      span(cut(words, Math.max(0, width - start - 3)), "muted"),
      gap(1),
    ]);
    return lineOf(cells);
  }
  const isRead = progress.tone === "ok";
  const end = lanes.at(to);
  const [left, right] = start < end ? [start, end] : [end, start];
  const dash = isRead ? "─" : "┄";
  const room = right - left - 1;
  const label = cut(words, Math.max(0, room - 6));
  const body =
    label === ""
      ? dash.repeat(room)
      : `${dash.repeat(2)} ${label} ${dash.repeat(Math.max(0, room - 4 - widthOf(label)))}`;
  const shaft: Line = arrow(body, label, dash, colour);
  put(cells, left, [span(start < end ? "├" : "◀", colour), ...shaft, span(start < end ? "▶" : "┤", colour)]);
  // What was not read yet says so, beside the arrow.
  const note = ` ${progress.glyph} ${shown(progress.words)} `;
  if (!isRead && progress.tone !== "muted" && right + widthOf(note) + 1 < width)
    put(cells, right + 2, [span(note.trimStart(), progress.tone)]);
  return lineOf(cells);
}

function arrow(body: string, label: string, dash: string, colour: Token): Line {
  if (label === "") return [span(body, colour)];
  const at = body.indexOf(label);
  return [span(`${dash.repeat(2)} `, colour), span(label), span(body.slice(at + label.length), colour)];
}

/** A line as cells that can be written over; a wide character takes one and leaves the next empty. */
type Cells = { text: string; colour: Token }[];

function backdrop({ names, at }: Lanes, open: ReadonlySet<string>, width: number): Cells {
  const cells: Cells = Array.from({ length: width }, () => ({ text: " ", colour: "line" as Token }));
  for (const [index, name] of names.entries()) {
    const x = at(index);
    if (x < width)
      cells[x] = open.has(name)
        ? { text: "┃", colour: `sender${markOf(name).hue}` as Token }
        : { text: "┊", colour: "lineStrong" };
  }
  return cells;
}

function put(cells: Cells, from: number, line: Line): void {
  let x = from;
  for (const { text, colour = "text" } of line) {
    for (const character of text) {
      const width = widthOf(character);
      if (x + width > cells.length) return;
      const before = cells[x - 1];
      if (width === 0 && before !== undefined) before.text += character;
      else cells[x] = { text: character, colour };
      if (width === 2) cells[x + 1] = { text: "", colour };
      x += width;
    }
  }
}

function lineOf(cells: Cells): Line {
  const spans: { text: string; colour: Token }[] = [];
  for (const { text, colour } of cells) {
    const last = spans.at(-1);
    if (last?.colour === colour) last.text += text;
    else spans.push({ text, colour });
  }
  return spans;
}
