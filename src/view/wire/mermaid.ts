import { age, dayLabel } from "../ages.ts";
import { wordsOfNotice } from "../notice.ts";
import type { Lane } from "./lanes.ts";
import type { ArrowLine, WireLayout, WireLine } from "./layout.ts";
import { visible } from "../../core/visible.ts";

/** The diagram as the text that Mermaid draws. Nothing of what others have written is anything but a word in it. */
export function mermaidOf({ lanes, lines, bars }: WireLayout, now: number): string {
  const begins = Map.groupBy(bars, ({ from }) => from);
  const ends = Map.groupBy(
    bars.filter(({ to }) => to !== undefined),
    ({ to }) => to,
  );
  return [
    "sequenceDiagram",
    ...lanes.map((lane, index) => `    participant p${index} as ${wordOf(laneName(lane))}`),
    ...lines
      .flatMap((line, index) => [
        ...statementsOf(line, lanes, now),
        ...(ends.get(index) ?? []).map(({ lane }) => `deactivate p${lane}`),
        ...(begins.get(index) ?? []).map(({ lane }) => `activate p${lane}`),
      ])
      .map((statement) => `    ${statement}`),
    "",
  ].join("\n");
}

const laneName = ({ name, others }: Lane) => (others.length === 0 ? name : `${name}: ${others.join(", ")}`);

const arrows = { solid: "->>", dashed: "-->>", failed: "--x" } as const;

function statementsOf(line: WireLine, lanes: readonly Lane[], now: number): readonly string[] {
  const across = lanes.length > 1 ? `p0,p${lanes.length - 1}` : "p0";
  switch (line.kind) {
    case "arrow":
      return arrowStatements(line);
    case "tear":
      return [`Note over ${across}: ${wordOf(age(line.ms))}`];
    case "day":
      return [`Note over ${across}: ${wordOf(dayLabel(line.at, now))}`];
    case "notice":
      return lanes.length === 0 ? [] : [`Note over ${across}: ${wordOf(wordsOfNotice(line.row.entry))}`];
  }
}

function arrowStatements({ from, to, stroke, label }: ArrowLine): readonly string[] {
  if (to.length === 0) return [`Note right of p${from}: ${wordOf(label)}`];
  return to.map((lane) => `p${from}${arrows[stroke]}p${lane}: ${wordOf(label)}`);
}

/** Longer ones make a diagram that nobody can read. */
const longestWord = 80;

/** Letters, digits and what Mermaid takes for nothing else stay; all other characters are spelt by their number. */
function wordOf(text: string): string {
  const shown = visible(text, { keepsLines: false });
  const cut = shown.length > longestWord ? `${shown.slice(0, longestWord).toWellFormed()}…` : shown;
  const spelt = cut.replaceAll(/[^\p{L}\p{M}\p{N} ./_…-]/gu, (character) => `#${character.codePointAt(0)};`);
  // The one word that ends a block wherever it stands.
  return spelt.replaceAll(/\bend\b/gi, (word) => `${word.slice(0, 2)}#${word.codePointAt(2)};`).trim() || "#160;";
}
