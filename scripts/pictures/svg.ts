import type { IBufferCell, Terminal } from "@xterm/headless";
import { escaped } from "../../src/view/markup.ts";

/** Of one cell, in pixels of the picture. */
const cell = { width: 8.4, height: 18 } as const;
const margin = 10;
const font = "'Commit Mono', 'SF Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace";

interface Run {
  readonly x: number;
  readonly columns: number;
  readonly text: string;
  readonly colour: string;
  readonly behind: string;
  readonly isBold: boolean;
}

/** What a terminal shows, as a picture: each run of cells with one look stands exactly where its cells are. */
export function svgOf(
  screen: Terminal,
  ground: { readonly text: string; readonly behind: string },
  title: string,
): string {
  const [width, height] = [screen.cols * cell.width + 2 * margin, screen.rows * cell.height + 2 * margin];
  const rows = Array.from({ length: screen.rows }, (_, row) => runsOf(screen, row, ground));
  const backs = rows.flatMap((runs, row) =>
    runs
      .filter(({ behind }) => behind !== ground.behind)
      .map(
        (run) =>
          `<rect x="${px(run.x)}" y="${margin + row * cell.height}" width="${short(run.columns * cell.width)}" height="${cell.height}" fill="${run.behind}"/>`,
      ),
  );
  const texts = rows.flatMap((runs, row) =>
    runs.filter(({ text }) => text.trim() !== "").map((run) => textOf(run, row)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}" viewBox="0 0 ${Math.ceil(width)} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>text{font:14px ${font};white-space:pre}.b{font-weight:700}</style>`,
    `<rect width="100%" height="100%" rx="3" fill="${ground.behind}"/>`,
    ...backs,
    ...texts,
    "</svg>",
    "",
  ].join("\n");
}

function textOf({ x, columns, text, colour, isBold }: Run, row: number): string {
  const lead = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const y = margin + row * cell.height + 13.5;
  // Fonts differ in how wide a cell is; the picture's cells are as wide as they say.
  const length = short((columns - lead - (text.length - text.trimEnd().length)) * cell.width);
  return `<text x="${px(x + lead)}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${colour}"${isBold ? ' class="b"' : ""}>${escaped(trimmed)}</text>`;
}

const px = (column: number) => short(margin + column * cell.width);
const short = (value: number) => Number(value.toFixed(1));

function runsOf(
  screen: Terminal,
  row: number,
  ground: { readonly text: string; readonly behind: string },
): readonly Run[] {
  const line = screen.buffer.active.getLine(row);
  const runs: Run[] = [];
  for (let x = 0; x < screen.cols; x += 1) {
    const one = line?.getCell(x);
    if (one === undefined || one.getWidth() === 0) continue;
    const isInverse = one.isInverse() !== 0;
    const [text, behind] = [colourOf(one, "text") ?? ground.text, colourOf(one, "behind") ?? ground.behind];
    const look = { colour: isInverse ? behind : text, behind: isInverse ? text : behind, isBold: one.isBold() !== 0 };
    const characters = one.getChars() === "" ? " " : one.getChars();
    const last = runs.at(-1);
    if (
      last !== undefined &&
      last.colour === look.colour &&
      last.behind === look.behind &&
      last.isBold === look.isBold
    ) {
      runs[runs.length - 1] = { ...last, columns: last.columns + one.getWidth(), text: last.text + characters };
    } else {
      runs.push({ x, columns: one.getWidth(), text: characters, ...look });
    }
  }
  return runs;
}

function colourOf(one: IBufferCell, of: "text" | "behind"): string | undefined {
  const isRgb = of === "text" ? one.isFgRGB() : one.isBgRGB();
  const value = of === "text" ? one.getFgColor() : one.getBgColor();
  return isRgb ? `#${value.toString(16).padStart(6, "0")}` : undefined;
}
