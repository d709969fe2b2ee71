import type { Line } from "../paint/line.ts";
import { span } from "../paint/line.ts";
import { shown, shownLines } from "../text/shown.ts";
import { wrap } from "../text/width.ts";

/** More of a message nobody reads in a terminal: its link leads to all of it. */
const mostCharacters = 100_000;
const mostLines = 2_000;
const deepest = 12;

/** A text as it is, in lines that fit. */
export const textLines = (text: string, width: number): readonly Line[] =>
  wrap(shownLines(text, mostCharacters), width, mostLines).map((line): Line => [span(line)]);

/** A value as a tree: names and values, without the punctuation of JSON. */
export function treeLines(value: unknown, width: number): readonly Line[] {
  const lines: Line[] = [];
  put(lines, value, 0, width);
  return lines;
}

function put(lines: Line[], value: unknown, depth: number, width: number): void {
  if (lines.length >= mostLines) return;
  if (typeof value !== "object" || value === null) {
    lines.push(...leafLines(value, depth, width));
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const label = Array.isArray(value) ? `${Number(name) + 1}.` : shown(name, 100);
    const indent = "  ".repeat(depth);
    if (isBranch(member) && depth < deepest) {
      lines.push([span(indent), span(label, "info")]);
      put(lines, member, depth + 1, width);
      continue;
    }
    const [first = [], ...more] = leafLines(member, 0, Math.max(8, width - indent.length - label.length - 2));
    lines.push([span(indent), span(`${label}  `, "info"), ...first]);
    lines.push(...more.map((line): Line => [span(" ".repeat(indent.length + label.length + 2)), ...line]));
  }
}

const isBranch = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length > 0;

function leafLines(value: unknown, depth: number, width: number): readonly Line[] {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const colour = typeof value === "number" ? "accent" : typeof value === "boolean" || value === null ? "focus" : "text";
  const indent = "  ".repeat(depth);
  const room = Math.max(8, width - indent.length);
  return wrap(shownLines(text, mostCharacters), room, mostLines).map((line): Line => [
    span(indent),
    span(line, colour),
  ]);
}
