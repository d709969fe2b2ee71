import { readFileSync, writeFileSync } from "node:fs";

const [begin, end] = ["<!-- the last full run begins -->", "<!-- the last full run ends -->"];

/** Puts the text where the document holds the last run. */
export function publish(document: string, text: string): void {
  const before = readFileSync(document, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${document} has no place for the table`);
  writeFileSync(document, `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`);
}
