import { jsonLine } from "../../view/export/json-line.ts";
import { visibleOnLine } from "./visible-on-line.ts";

/** Data goes to stdout, and what is said about it to stderr: whoever reads the one must not have to sort out the other. */
export function print(line: string): void {
  console.log(line);
}

export function note(line: string): void {
  if (!isQuiet) console.error(line);
}

let isQuiet = false;

/** From now on nothing is said but errors: a process runs one command. */
export function keepQuiet(): void {
  isQuiet = true;
}

/** One object a line; `v` changes when what was there means something else. */
export function printJson(value: object): void {
  print(jsonLine(value));
}

/** What may be printed as it is, such as a text with bold words in it. Only in the last column, which needs no width. */
export interface Styled {
  readonly styled: string;
}

/** Columns as wide as their widest cell, under their names. */
export function printTable(columns: readonly string[], rows: readonly (readonly string[])[]): void {
  createTable(columns)(rows);
}

/** The same for rows that come bit by bit: the columns are as wide as the first of them asked for. */
export function createTable(columns: readonly string[]): (rows: readonly (readonly (string | Styled)[])[]) => void {
  let widths: readonly number[] | undefined;
  const printRow = (row: readonly string[]) => {
    const line = row.map((cell, index) => cell + " ".repeat(Math.max(0, (widths?.[index] ?? 0) - widthOf(cell))));
    print(line.join("  ").trimEnd());
  };
  return (rows) => {
    const cells = rows.map((row) => row.map(cellOf));
    if (widths === undefined) {
      widths = columns.map((column, index) =>
        Math.max(column.length, ...cells.map((row) => widthOf(row[index] ?? ""))),
      );
      printRow(columns);
    }
    for (const row of cells) printRow(row);
  };
}

const cellOf = (cell: string | Styled): string =>
  typeof cell === "string" ? (cell === "" ? "-" : visibleOnLine(cell)) : cell.styled;

/** In characters as people count them. Wide ones take two places in most terminals, which only bends the column. */
function widthOf(text: string): number {
  // Made when it is needed: most commands print no table.
  segmenter ??= new Intl.Segmenter();
  return [...segmenter.segment(text)].length;
}

let segmenter: Intl.Segmenter | undefined;
