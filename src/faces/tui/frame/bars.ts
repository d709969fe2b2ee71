import { duration } from "../../../view/ages.ts";
import { isLost, type Screenful } from "../app/view.ts";
import { bold, fitLine, gap, type Line, onGround, span, spread } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { widthOf } from "../text/width.ts";
import type { CursorAt } from "./frame.ts";

/** The bars between the body and the keys, and where a text in them is being written. */
export function barLines(view: Screenful): { readonly lines: readonly Line[]; readonly cursor: CursorAt | undefined } {
  const lost = isLost(view.live) ? [lostBar(view)] : [];
  const filter = filterBar(view);
  if (filter === undefined) return { lines: lost, cursor: undefined };
  const cursor = filter.column === undefined ? undefined : { x: filter.column, y: lost.length };
  return { lines: [...lost, filter.line], cursor };
}

function lostBar({ live, now, columns }: Screenful): Line {
  const { connection } = live;
  const text =
    connection.kind === "ended"
      ? endWords(connection.code, connection.reason)
      : connection.kind === "retrying"
        ? `Connection lost. ${retryWords(connection.retryAt - now)} What is here stays; nothing is sent meanwhile.`
        : "";
  return onGround(fitLine([gap(1), { text: shown(text), colour: "bg", isBold: true }], columns), "error");
}

const retryWords = (ms: number) =>
  ms < 1000 ? "Trying again now." : `Retrying in ${duration(Math.ceil(ms / 1000) * 1000).replace(/\.0 s/, " s")}.`;

function endWords(code: string, reason: string): string {
  if (code === "unauthorized") return `Not signed in: ${reason}. Join it: claude-bridge join <url> <code>`;
  if (code === "forbidden") return `No right to read here: ${reason}`;
  return `The bridge has ended the stream: ${reason}`;
}

function filterBar({
  ui,
  columns,
  feed,
}: Screenful): { readonly line: Line; readonly column: number | undefined } | undefined {
  if (ui.mode.kind === "filter") {
    const { text, at } = ui.mode.field;
    const before = shown(text.slice(0, at));
    const hint = [span("Enter applies  Esc leaves it", "faint"), gap(1)];
    const line = spread(
      [
        bold(" / ", "accent"),
        span(before),
        span(shown(text.slice(at))),
        ...(text === "" ? [span("words  from:  to:  in:  type:  is:unanswered", "faint")] : []),
      ],
      hint,
      columns,
    );
    return { line: onGround(line, "raised"), column: Math.min(columns - 1, 3 + widthOf(before)) };
  }
  if (ui.place.query === "") return undefined;
  const found = feed.hasOlder ? `${feed.rows.length}+ found` : `${feed.rows.length} found`;
  const line = spread(
    [bold(" / ", "accent"), span(shown(ui.place.query))],
    [span(`${found}  Esc takes it off`, "faint"), gap(1)],
    columns,
  );
  return { line: onGround(line, "raised"), column: undefined };
}
