/**
 * Cells that a text takes in a terminal. It is meant for texts that `shown` has made: what terminals do not agree on,
 * such as joined pictures, is not in them any more.
 */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

const ascii = /^[ -~]*$/;
const mark = /^[\p{Mn}\p{Me}]$/u;
const picture = /^\p{Emoji_Presentation}$/u;

/** Blocks that are two cells wide, first and last; pictures are known by their property. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18df2],
  [0x1aff0, 0x1b2fb],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

function widthOfCharacter(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (mark.test(character)) return 0;
  return wide.some(([first, last]) => code >= first && code <= last) || picture.test(character) ? 2 : 1;
}

/** The beginning that fits, with a mark at its end where something is left out. */
export function cut(text: string, width: number): string {
  if (width <= 0) return "";
  // No character takes less than none, and marks are few: what is far behind the edge need not be measured.
  if (text.length <= width && ascii.test(text)) return text;
  return take(text, width).isWhole ? text : `${take(text, width - 1).head}…`;
}

/** Exactly so wide: cut, or filled with spaces. */
export function fit(text: string, width: number, side: "left" | "right" = "left"): string {
  const short = cut(text, width);
  const space = " ".repeat(Math.max(0, width - widthOf(short)));
  return side === "left" ? short + space : space + short;
}

/** The text in lines of at most this width, broken between words where there are any. */
export function wrap(text: string, width: number, mostLines: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let rest = paragraph;
    do {
      if (lines.length === mostLines) return [...lines.slice(0, -1), cut(`${lines.at(-1) ?? ""}…`, width)];
      const { head, isWhole } = take(rest, width);
      const space = isWhole || rest[head.length] === " " ? -1 : head.lastIndexOf(" ");
      const line = isWhole || space <= 0 ? head : head.slice(0, space);
      lines.push(line);
      // A character that is wider than the line would stay for ever.
      if (line === "" && !isWhole) return lines;
      rest = isWhole ? "" : rest.slice(line.length).replace(/^ /, "");
    } while (rest !== "");
  }
  return lines;
}

function take(text: string, width: number): { readonly head: string; readonly isWhole: boolean } {
  let [used, end] = [0, 0];
  for (const character of text) {
    used += widthOfCharacter(character);
    if (used > width) return { head: text.slice(0, end), isWhole: false };
    end += character.length;
  }
  return { head: text, isWhole: true };
}
