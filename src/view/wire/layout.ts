import type { MessageRow, NoticeRow, Row } from "../live/rows.ts";
import { isSameDay } from "../ages.ts";
import { type Bar, barsOf } from "./bars.ts";
import { type Lane, type LaneOptions, type Lanes, lanesOf } from "./lanes.ts";
import { loopsOf, type WireLoop } from "./loops.ts";
import { labelOf, type Spoken, spokenBy } from "./spoken.ts";
import { type Stroke, strokeOf } from "./stroke.ts";

/**
 * Who said what to whom, as a diagram whose units are lanes and lines: a screen gives each kind of line a height of its
 * own, in pixels or in characters.
 */
export interface WireLayout {
  readonly lanes: readonly Lane[];
  /** From top to bottom, in the order of the log. */
  readonly lines: readonly WireLine[];
  /** Who is at work on what. */
  readonly bars: readonly Bar[];
  readonly loops: readonly WireLoop[];
}

export type WireLine = ArrowLine | TearLine | DayLine | NoticeLine;

export interface ArrowLine {
  readonly kind: "arrow";
  /** The message's id. */
  readonly key: string;
  readonly row: MessageRow;
  /** Indexes of lanes. Nobody in particular: a short stub. */
  readonly from: number;
  readonly to: readonly number[];
  readonly stroke: Stroke;
  /** Type and first words, on one line, harmless. */
  readonly label: string;
  /** It goes round and round. */
  readonly isInLoop: boolean;
}

/** Nothing was said for so long that the diagram does not show how long. */
export interface TearLine {
  readonly kind: "tear";
  readonly key: string;
  readonly ms: number;
}

/** What follows is of this day, or of another day than what was before. */
export interface DayLine {
  readonly kind: "day";
  readonly key: string;
  readonly at: number;
}

export interface NoticeLine {
  readonly kind: "notice";
  readonly key: string;
  readonly row: NoticeRow;
}

/** Longer pauses are torn out. */
const longestGapMs = 120_000;

export interface LayoutOptions extends LaneOptions {
  /** Everybody in these rows has a lane, also who has not spoken yet: so lanes stay where they are while time passes. */
  readonly everybodyIn?: readonly Row[] | undefined;
}

export function layOut(rows: readonly Row[], { everybodyIn = rows, ...options }: LayoutOptions = {}): WireLayout {
  const spoken = spokenIn(rows);
  const lanes = lanesOf(everybodyIn === rows ? spoken : spokenIn(everybodyIn), options);
  const loops = loopsOf(spoken);
  const inLoop = new Set(loops.flatMap(({ keys }) => keys));
  const lines = linesOf(rows, new Map(spoken.map((one) => [one.row.key, one])), lanes, inLoop);
  return { lanes: lanes.lanes, lines, bars: barsOf(lines, spoken, lanes), loops };
}

const spokenIn = (rows: readonly Row[]) => rows.filter((row) => row.kind === "message").map(spokenBy);

function linesOf(
  rows: readonly Row[],
  spoken: ReadonlyMap<string, Spoken>,
  lanes: Lanes,
  inLoop: ReadonlySet<string>,
): readonly WireLine[] {
  const lines: WireLine[] = [];
  let last: number | undefined;
  for (const row of rows) {
    const one = spoken.get(row.key);
    if (row.kind === "notice" || one === undefined) {
      if (row.kind === "notice") lines.push({ kind: "notice", key: row.key, row });
      continue;
    }
    const { acceptedAt } = row.message;
    if (last !== undefined && acceptedAt - last > longestGapMs) {
      lines.push({ kind: "tear", key: `tear ${row.key}`, ms: acceptedAt - last });
    }
    if (last === undefined || !isSameDay(last, acceptedAt)) {
      lines.push({ kind: "day", key: `day ${row.key}`, at: acceptedAt });
    }
    last = acceptedAt;
    lines.push(arrowOf(one, lanes, inLoop));
  }
  return lines;
}

function arrowOf({ row, from, to }: Spoken, lanes: Lanes, inLoop: ReadonlySet<string>): ArrowLine {
  return {
    kind: "arrow",
    key: row.key,
    row,
    from: lanes.indexOf(from),
    to: [...new Set(to.map(lanes.indexOf))].toSorted((a, b) => a - b),
    stroke: strokeOf(row.receipts),
    label: labelOf(row.message),
    isInLoop: inLoop.has(row.key),
  };
}
