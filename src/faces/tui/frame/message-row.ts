import { roleOf } from "../../../core/agent-name.ts";
import type { Token } from "../../../view/tokens.ts";
import { type Progress, progressOf } from "../../../view/progress.ts";
import { clockTime } from "../../../view/ages.ts";
import type { MessageRow, NoticeRow, Row } from "../../../view/live/rows.ts";
import type { Gist } from "../../../view/said.ts";
import { type Shape, markOf } from "../../../view/sender.ts";
import type { Screenful } from "../app/view.ts";
import { bold, cutLine, fitLine, gap, type Line, span, spread } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { fit } from "../text/width.ts";
import type { Columns } from "./columns.ts";
import { saidOf } from "../said-of.ts";

/** One line, without the bar of the cursor. */
export function rowLine(view: Screenful, row: Row, columns: Columns, width: number): Line {
  switch (row.kind) {
    case "message":
      return messageLine(view, row, columns, width);
    case "notice":
      return noticeLine(row, width);
  }
}

function messageLine({ now }: Screenful, { message, receipts }: MessageRow, columns: Columns, width: number): Line {
  const { said, gist } = saidOf(message);
  const type = said.type === undefined || said.type === "message" ? "" : shown(said.type, 40);
  const progress = shortened(progressOf(receipts, now, said.type === "question"), columns.progress);
  const left: Line = [
    span(clockTime(message.acceptedAt).slice(0, columns.time), "faint"),
    gap(1),
    ...column(columns.channel, [span(shown(message.channel, 80), "muted")]),
    ...column(columns.who, whoLine(message.sender, said.to)),
    ...column(columns.type, [span(type, typeColour(said.type))]),
    ...gistLine(gist),
  ];
  return spread(cutLine(left, width - columns.progress - 1), progressLine(progress, columns.progress), width);
}

const column = (width: number, line: Line): Line => (width === 0 ? [] : [...fitLine(line, width), gap(1)]);

const shapes: Readonly<Record<Shape, string>> = { square: "■", circle: "●", diamond: "◆", hexagon: "▲" };

/** A colour tells few people apart: the shape is the machine's. */
export function senderSpans(sender: string): Line {
  const { hue, shape } = markOf(sender);
  const colour = `sender${hue}` as Token;
  return [span(`${shapes[shape]} `, colour), bold(shown(sender, 60), colour)];
}

export function whoLine(sender: string, to: string | undefined): Line {
  if (to === undefined) return senderSpans(sender);
  return [...senderSpans(sender), span(" → ", "faint"), span(shown(roleOf(to) ?? to, 60), "muted")];
}

export function typeColour(type: string | undefined): Token {
  return (type === undefined ? undefined : typeColours[type]) ?? "muted";
}

const typeColours: Readonly<Record<string, Token>> = {
  task: "info",
  question: "warn",
  answer: "ok",
  result: "ok",
  error: "error",
};

function gistLine(gist: Gist): Line {
  if ("text" in gist) return [span(shown(gist.text))];
  return gist.pairs.flatMap(([key, value], index) => [
    span(`${index === 0 ? "" : "  "}${shown(key, 60)} `, "info"),
    span(shown(value, 200)),
  ]);
}

/** Without the time of day, and without what is plain from its state, where there is little room. */
function shortened(progress: Progress, width: number): Progress {
  if (width >= 24) return progress;
  return {
    ...progress,
    words: progress.words
      .replace(/ \d\d:\d\d:\d\d/, "")
      .replace(", unread", "")
      .replace(" on you", ""),
  };
}

/** The glyph alone where there is no room for words. */
export function progressLine({ glyph, words, tone }: Progress, width: number): Line {
  const text = width <= 5 ? glyph : `${glyph} ${shown(words)}`;
  return [span(fit(text, width, "left"), tone === "muted" ? "faint" : tone)];
}

export function noticeLine({ entry }: NoticeRow, width: number): Line {
  const words = noticeWords(entry);
  return fitLine([span("── ", "line"), span(words, "warn"), span(` ${"─".repeat(Math.max(0, width))}`, "line")], width);
}

function noticeWords(entry: NoticeRow["entry"]): string {
  const channel = shown(entry.channel, 80);
  switch (entry.kind) {
    case "cleared":
      return `${entry.count} messages of ${channel} were deleted${by(entry.by)}`;
    case "restored":
      return `${entry.count} messages of ${channel} are back${by(entry.by)}`;
    case "gap":
      return `older messages of ${channel} were removed by age`;
  }
}

const by = (name: string | undefined) => (name === undefined ? "" : ` by ${shown(name, 60)}`);
