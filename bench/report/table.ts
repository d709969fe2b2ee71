import type { Row } from "./row.ts";

const heads = ["row", "measured", "floor", "target", ""] as const;

/** The rows as a Markdown table that is also readable as it stands. */
export function toTable(rows: readonly Row[]): string {
  const cells = rows.map(cellsOf);
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(heads), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}

function cellsOf({ name, measured, floor = "", targets = [] }: Row): readonly string[] {
  const missed = targets.filter(({ isMet }) => !isMet).length;
  const verdict =
    targets.length === 0
      ? ""
      : missed === 0
        ? "met"
        : targets.length === 1
          ? "MISSED"
          : `MISSED ${missed} of ${targets.length}`;
  return [name, measured, floor, targets.map(({ says, isMet }) => (isMet ? says : `${says} ✗`)).join("; "), verdict];
}
