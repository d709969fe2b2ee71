import { maxLabelLength } from "./limits.ts";

/**
 * The names behind an `@` in the text, each once, in its order. What is quoted as code (fences and backticks, as in
 * Markdown), e-mail addresses and paths of URLs have none. Takes work linear in the text, whatever is in it: no
 * token looks again at what is behind it or beyond its line, and code spans are closed by a table.
 */
export function mentionsIn(text: string): readonly string[] {
  if (!text.includes("@")) return [];
  const names = new Set<string>();
  let fence: string | undefined;
  let paragraph: Token[] = [];
  for (const { groups = {} } of text.matchAll(tokens)) {
    const { marker, info = "" } = groups;
    if (marker !== undefined && fence !== undefined) {
      if (marker.startsWith(fence) && info.trim() === "") fence = undefined;
    } else if (fence === undefined && (marker !== undefined || groups["end"] !== undefined)) {
      for (const name of outsideCode(paragraph)) names.add(name);
      paragraph = [];
      fence = marker;
    } else if (fence === undefined) {
      paragraph.push({ ticks: groups["ticks"]?.length ?? 0, name: groups["name"] ?? "" });
    }
  }
  for (const name of outsideCode(paragraph)) names.add(name);
  return [...names].flatMap(spellings);
}

interface Token {
  /** Backticks in a row; 0 for a mention. */
  readonly ticks: number;
  readonly name: string;
}

const word = String.raw`[\p{L}\p{N}_][\p{L}\p{M}\p{N}._@+\-]*`;

/** A line that opens or closes a fence, the end of a paragraph, backticks, or a mention. */
const tokens = new RegExp(
  [
    String.raw`^ {0,3}(?<marker>\x60{3,}(?!.*?\x60)|~{3,})(?<info>.*)`,
    String.raw`(?<end>\n[ \t]*(?=\r?\n))`,
    String.raw`(?<ticks>\x60+)`,
    String.raw`(?<![\p{L}\p{M}\p{N}_+%\/@])@(?<name>${word}(?:\/${word})*)`,
  ].join("|"),
  "gmu",
);

/** A run of backticks makes code of all up to the next run of the same length; without one it is only backticks. */
function outsideCode(paragraph: readonly Token[]): readonly string[] {
  const closing = closings(paragraph);
  const names: string[] = [];
  for (let at = 0; at < paragraph.length; at += 1) {
    const { ticks = 0, name = "" } = paragraph[at] ?? {};
    if (ticks === 0) names.push(name);
    else at = closing[at] ?? at;
  }
  return names;
}

/** For each run of backticks, where the next of its length is. */
function closings(paragraph: readonly Token[]): readonly (number | undefined)[] {
  const nextOf = new Map<number, number>();
  const closing: (number | undefined)[] = Array.from(paragraph, () => undefined);
  for (let at = paragraph.length - 1; at >= 0; at -= 1) {
    const { ticks = 0 } = paragraph[at] ?? {};
    if (ticks === 0) continue;
    closing[at] = nextOf.get(ticks);
    nextOf.set(ticks, at);
  }
  return closing;
}

/** A name may end like a sentence, so both are looked up: as it is, and without what may be punctuation. */
function spellings(name: string): readonly string[] {
  let end = name.length;
  while (end > 0 && "._@+-".includes(name.charAt(end - 1))) end -= 1;
  const bare = name.slice(0, end);
  return (bare === name ? [name] : [name, bare]).filter(({ length }) => length > 0 && length <= maxLabelLength);
}
