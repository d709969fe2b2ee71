import { previewLength } from "./limits.ts";
import { hasWordsAt } from "./search.ts";
import type { SearchQuery, TextPart } from "./search-query.ts";
import { readable } from "./search-text.ts";
import { wordsOf } from "./search-words.ts";

/** A piece of a message's text, and where in it the words are that were looked for. */
export interface Snippet {
  /** With `…` where it was cut. */
  readonly text: string;
  /** In UTF-16 code units of `text`, in order and apart from each other. */
  readonly matches: Span[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is shown before the first match, and how many matches are marked: a row needs no more. */
const lead = 40;
const maxMatches = 32;

/** What a search shows of a message with this content. */
export function snippetOf(content: string, { parts }: SearchQuery): Snippet {
  const { text } = readable(content);
  const wanted = parts.flatMap((part) => (part.kind === "text" && !part.negated ? [part] : []));
  const found = spansIn(text, wanted);
  const first = found[0]?.start ?? 0;
  const start = first <= lead ? 0 : wholeAt(text, first - lead);
  const end = wholeAt(text, Math.min(text.length, start + previewLength));
  const [before, after] = [start > 0 ? "…" : "", end < text.length ? "…" : ""];
  const move = before.length - start;
  const shown = found.filter((span) => span.end <= end).slice(0, maxMatches);
  return {
    text: `${before}${text.slice(start, end)}${after}`,
    matches: shown.map((span) => ({ start: span.start + move, end: span.end + move })),
  };
}

function spansIn(text: string, parts: readonly TextPart[]): readonly Span[] {
  if (parts.length === 0) return [];
  const places = wordsOf(text);
  const words = places.map(({ word }) => word);
  const spans: Span[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const lengths = parts.filter((part) => hasWordsAt(words, at, part)).map((part) => part.words.length);
    const [start, end] = [places[at]?.start, places[at + Math.max(...lengths) - 1]?.end];
    if (start === undefined || end === undefined) continue;
    const last = spans.at(-1);
    // A match may begin within the one before.
    if (last !== undefined && start < last.end)
      spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else spans.push({ start, end });
  }
  return spans;
}

/** The place, or the one before it where it would split a pair. */
const wholeAt = (text: string, at: number) => (/[\udc00-\udfff]/.test(text.charAt(at)) && at > 0 ? at - 1 : at);
