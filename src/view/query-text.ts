import { parseQuery, type QueryPart } from "../client/index.ts";

/** A part of a query as it was written, and its place in the text. */
export interface Chip {
  readonly text: string;
  readonly kind: QueryPart["kind"];
  readonly start: number;
  readonly end: number;
}

/** A query in its parts; one that cannot be read has none, and says why. */
export type QueryText =
  | { readonly chips: readonly Chip[]; readonly error?: undefined }
  | { readonly chips: readonly []; readonly error: string };

export function readQuery(text: string, now: number): QueryText {
  try {
    const { parts } = parseQuery(text, now);
    return { chips: parts.map(({ kind, start, end }) => ({ text: text.slice(start, end), kind, start, end })) };
  } catch (error) {
    return { chips: [], error: error instanceof Error ? error.message.replace(/^q: /, "") : String(error) };
  }
}

/** The query without that part. */
export const withoutChip = (text: string, { start, end }: Chip): string =>
  joined(text.slice(0, start), text.slice(end));

/** The query and one part more; the same one where it has that already. */
export function withChip(text: string, chip: string): string {
  const has = readQuery(text, 0).chips.some((known) => known.text === chip);
  return has ? text : joined(text, chip);
}

const joined = (...pieces: readonly string[]) =>
  pieces
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "")
    .join(" ");

/**
 * A word and its value as they stand in a query. A value is anybody's text: no quote can be in one, so that there
 * anything may stand.
 */
export const chipOf = (word: string, value: string): string =>
  `${word}:${/^(?!\/\/)[^\s"]+$/.test(value) ? value : `"${value.replaceAll('"', "*")}"`}`;
