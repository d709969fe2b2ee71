import { visible } from "../../core/visible.ts";
import { age, clockTime, dayLabel } from "../ages.ts";
import { wordsOfNotice } from "../notice.ts";
import { progressOf } from "../progress.ts";
import { markOf } from "../sender.ts";
import type { Theme } from "../tokens.ts";
import { escaped } from "../markup.ts";
import { spansOf } from "./bars.ts";
import { arrowY, heights, nowHeight, ownTurn, shapeOf, type Spread, spreadOver } from "./geometry.ts";
import type { Lane } from "./lanes.ts";
import type { ArrowLine, WireLayout, WireLine } from "./layout.ts";
import { type Places, placesOf } from "./places.ts";
import { saidOf } from "./spoken.ts";

/** A picture of a diagram: one that needs nothing else, and in which what others have written is text and nothing else. */
export interface Picture {
  readonly svg: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

export interface PictureOptions {
  readonly theme: Theme;
  readonly title: string;
  readonly now: number;
}

const laneWidth = 190;
const headHeight = 54;
/** What letters take of a line, on average and rather too much: nothing is measured where a picture is made. */
const letterWidth = 6.9;

export function pictureOf(layout: WireLayout, { theme, title, now }: PictureOptions): Picture {
  const { lanes, lines, bars } = layout;
  const spread = spreadOver(84 + laneWidth * lanes.length, lanes.length);
  const places = placesOf(lines, heights);
  const width = spread.width + 8;
  const height = headHeight + places.total + nowHeight;
  const colourOf = (lane: number) => senderColour(theme, lanes[lane]);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui,sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${theme.bg}"/>`,
    ...lanes.map((lane, at) => headOf(lane, spread.xOf(at), colourOf(at), theme, height)),
    `<g transform="translate(0 ${headHeight})">`,
    ...spansOf(bars).map(({ lane, from, to, depth }) => {
      const [top, bottom] = [places.topOf(from) + arrowY, to === undefined ? places.total : places.topOf(to) + arrowY];
      return `<rect x="${spread.xOf(lane) - 5 + depth * 4}" y="${top}" width="10" height="${bottom - top}" fill="${colourOf(lane)}" opacity="0.3"/>`;
    }),
    ...lines.map((line, at) => drawn(line, { spread, y: places.topOf(at), theme, now })),
    nowOf(places, spread, theme),
    "</g>",
    "</svg>",
  ];
  return { svg: `${parts.join("\n")}\n`, width, height };
}

function headOf(lane: Lane, x: number, colour: string, theme: Theme, height: number): string {
  const name = fitting(visible(lane.name, { keepsLines: false }), laneWidth - 24);
  const box = `<rect x="${x - laneWidth / 2 + 6}" y="12" width="${laneWidth - 12}" height="30" rx="3" fill="${theme.raised}" stroke="${colour}" stroke-width="1.5"/>`;
  const line = `<path d="M${x} 42V${height}" stroke="${theme.lineStrong}" stroke-dasharray="2 5"/>`;
  return `${line}${box}<text x="${x}" y="31" text-anchor="middle" font-weight="650" fill="${colour}">${escaped(name)}</text>`;
}

const senderColour = (theme: Theme, lane: Lane | undefined): string =>
  theme[`sender${markOf(lane?.name ?? "").hue}` as keyof Theme];

interface Where {
  readonly spread: Spread;
  /** The top of the line. */
  readonly y: number;
  readonly theme: Theme;
  readonly now: number;
}

function drawn(line: WireLine, where: Where): string {
  switch (line.kind) {
    case "arrow":
      return arrow(line, where);
    case "tear":
      return remark(age(line.ms), where);
    case "day":
      return remark(dayLabel(line.at, where.now), where);
    case "notice":
      return remark(wordsOfNotice(line.row.entry), where);
  }
}

const remark = (words: string, { y, theme }: Where) =>
  text(words, { x: 14, y: y + 21, anchor: "start", colour: theme.muted });

function arrow(line: ArrowLine, { spread, y, theme, now }: Where): string {
  const shape = shapeOf(line, spread);
  const { message, receipts } = line.row;
  const progress = progressOf(receipts, now, saidOf(message).type === "question");
  const colour =
    line.isInLoop || line.stroke === "failed"
      ? theme.error
      : theme[line.stroke === "dashed" && progress.tone === "warn" ? "warn" : "muted"];
  const dash = line.stroke === "solid" ? "" : ' stroke-dasharray="7 4"';
  const at = y + arrowY;
  const shafts = shape.isOwn
    ? [`M${shape.from} ${at - 8}H${ownTurn(shape)}V${at + 4}H${shape.tips[0]?.x ?? shape.from}`]
    : shape.tips.map(({ x }) => `M${shape.from} ${at}H${x}`);
  const tipY = shape.isOwn ? at + 4 : at;
  const tips = shape.tips.map(
    ({ x, direction }) => `M${x - direction * 8} ${tipY - 5}L${x} ${tipY}L${x - direction * 8} ${tipY + 5}Z`,
  );
  const { left, width, isBeside } = shape.label;
  const words = { x: isBeside ? left : left + width / 2, anchor: isBeside ? "start" : "middle" } as const;
  return [
    text(clockTime(message.acceptedAt), { x: 14, y: at + 4, anchor: "start", colour: theme.muted }),
    `<path d="${shafts.join("")}" fill="none" stroke="${colour}" stroke-width="1.75"${dash}/>`,
    `<path d="${tips.join("")}" fill="${colour}"/>`,
    text(fitting(line.label, width), { ...words, y: isBeside ? at + 4 : at - 9, colour: theme.text }),
    ...(line.stroke === "solid"
      ? []
      : [
          text(fitting(progress.words, width), {
            ...words,
            y: at + 18,
            colour: progress.tone === "muted" ? theme.muted : colour,
          }),
        ]),
  ].join("");
}

interface Words {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly colour: string;
}

const text = (words: string, { x, y, anchor, colour }: Words) =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}" unicode-bidi="isolate">${escaped(words)}</text>`;

const nowOf = ({ total }: Places, spread: Spread, theme: Theme) =>
  `<path d="M${spread.xOf(0) - 40} ${total + 12}H${spread.width}" stroke="${theme.accent}" stroke-width="1.5"/>`;

function fitting(words: string, width: number): string {
  const most = Math.max(3, Math.floor(width / letterWidth));
  return words.length <= most ? words : `${words.slice(0, most - 1).toWellFormed()}…`;
}
