import type { Token } from "../../../view/tokens.ts";
import { cut, widthOf } from "../text/width.ts";

/** How a piece of text looks. Colours are named by what they mean. */
export interface Look {
  readonly colour?: Token | undefined;
  readonly behind?: Token | undefined;
  readonly isBold?: boolean | undefined;
  readonly isUnderlined?: boolean | undefined;
}

/** A piece of a line. Its text must be safe to show: whoever makes one of a text from outside uses `shown`. */
export interface Span extends Look {
  readonly text: string;
}

export type Line = readonly Span[];

export const span = (text: string, colour: Token = "text", more: Omit<Look, "colour"> = {}): Span => ({
  text,
  colour,
  ...more,
});

export const bold = (text: string, colour: Token = "text"): Span => ({ text, colour, isBold: true });

export const gap = (width: number): Span => ({ text: " ".repeat(Math.max(0, width)) });

export const widthOfLine = (line: Line): number => line.reduce((width, { text }) => width + widthOf(text), 0);

/** The spans that fit, the last one cut. */
export function cutLine(line: Line, width: number): Line {
  const fitting: Span[] = [];
  let left = width;
  for (const piece of line) {
    const own = widthOf(piece.text);
    if (own > left) {
      if (left > 0) fitting.push({ ...piece, text: cut(piece.text, left) });
      return fitting;
    }
    fitting.push(piece);
    left -= own;
  }
  return fitting;
}

/** Exactly so wide. */
export function fitLine(line: Line, width: number): Line {
  const short = cutLine(line, width);
  return [...short, gap(width - widthOfLine(short))];
}

/** One at the left edge and one at the right; where both do not fit, the left one is cut. */
export function spread(left: Line, right: Line, width: number): Line {
  const end = cutLine(right, width);
  const room = width - widthOfLine(end);
  return [...fitLine(left, room), ...end];
}

/** Everything of the line on this ground. */
export const onGround = (line: Line, behind: Token): Line =>
  line.map((piece) => ({ ...piece, behind: piece.behind ?? behind }));

/** The cells from `from` up to `to`; half of a wide character is a space. */
export function sliceLine(line: Line, from: number, to: number): Line {
  const pieces: Span[] = [];
  let x = 0;
  for (const piece of line) {
    let text = "";
    for (const character of piece.text) {
      const end = x + widthOf(character);
      if (x >= from && end <= to) text += character;
      else if (end > from && x < to && end > x) text += " ".repeat(Math.min(end, to) - Math.max(x, from));
      x = end;
    }
    if (text !== "") pieces.push({ ...piece, text });
  }
  return pieces;
}
