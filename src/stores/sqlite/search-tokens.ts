import { questionType } from "../../core/question.ts";
import { groupsOf, namesOf, recipientsOf } from "../../core/search.ts";
import type { QueryPart, SearchQuery, TextPart } from "../../core/search-query.ts";
import { readable } from "../../core/search-text.ts";
import { plainWordsOf } from "../../core/search-words.ts";

/**
 * What the index knows a message by: its words, and a token for each of the other things that are looked for, which no
 * word can be. The index narrows down, and `matcherOf` decides: so it has to find too much rather than too little, and
 * knows nothing of the order of words, of patterns, times and receipts.
 */

const kinds = { from: "f", to: "t", in: "c", type: "y", thread: "h" } as const;
const artifactToken = "¤a";

/** Hexadecimal, as names have blanks, slashes and whatever else SQLite would split them at. */
const token = (kind: keyof typeof kinds, value: string) => `¤${kinds[kind]}${Buffer.from(value).toString("hex")}`;

export interface Indexed {
  readonly sender: string;
  readonly content: string;
  /** Undefined where its messages can never come back. */
  readonly channel: string | undefined;
  /** Agents that it is for. */
  readonly agents: readonly string[];
}

/** The text that is indexed for it. */
export function tokensOf({ sender, content, channel, agents }: Indexed): string {
  const read = readable(content);
  const recipients = recipientsOf(
    read,
    agents.map((agent) => ({ agent, why: "addressed" })),
  );
  const tokens = new Set(plainWordsOf(read.text));
  for (const name of namesOf(sender)) tokens.add(token("from", name));
  for (const name of recipients.flatMap(namesOf)) tokens.add(token("to", name));
  if (channel !== undefined) tokens.add(token("in", channel));
  if (read.type !== undefined) tokens.add(token("type", read.type));
  if (read.thread !== undefined) tokens.add(token("thread", read.thread));
  if (read.hasArtifact) tokens.add(artifactToken);
  return [...tokens].join(" ");
}

/** Tokens of which one must be there. */
type Alternatives = readonly string[];

export interface Narrowing {
  /** The channels that are looked in; undefined for more than a query should name. */
  readonly channels: readonly string[] | undefined;
  /** The indexed words that begin so; undefined when there are too many. */
  readonly expand: (prefix: string) => readonly string[] | undefined;
}

/** What to ask the index: of each list one token must be there. With an empty list there is nothing to be found. */
export function narrow({ parts }: SearchQuery, { channels, expand }: Narrowing): readonly Alternatives[] {
  const places = channels === undefined ? [] : [channels.map((channel) => token("in", channel))];
  return [...places, ...groupsOf(parts).flatMap((group) => tokensOfGroup(group, expand))];
}

function tokensOfGroup(group: readonly QueryPart[], expand: Narrowing["expand"]): readonly Alternatives[] {
  const [first] = group;
  if (first === undefined || first.negated) return [];
  switch (first.kind) {
    case "text":
      return tokensOfText(first, expand);
    case "has":
      return [[artifactToken]];
    case "is":
      return first.value === "question" || first.value === "unanswered" ? [[token("type", questionType)]] : [];
    case "from":
    case "to":
      return fieldTokens(first.kind, group, (value) => value.toLowerCase());
    case "type":
      return fieldTokens(first.kind, group, (value) => value.toLowerCase());
    case "thread":
      return fieldTokens(first.kind, group, (value) => value);
    case "in":
    case "before":
    case "after":
      return [];
  }
}

function fieldTokens(kind: keyof typeof kinds, group: readonly QueryPart[], spell: (value: string) => string) {
  if (group.some(({ value }) => value.includes("*"))) return [];
  return [group.map(({ value }) => token(kind, spell(value)))];
}

function tokensOfText({ words, isPrefix }: TextPart, expand: Narrowing["expand"]): readonly Alternatives[] {
  const whole = isPrefix ? words.slice(0, -1) : words;
  const last = isPrefix ? expand(words.at(-1) ?? "") : undefined;
  return [...whole.map((word) => [word]), ...(last === undefined ? [] : [last])];
}

/** In the words of FTS5, to which an empty list would be an error. */
export const matchExpression = (narrowing: readonly Alternatives[]): string =>
  narrowing.map((tokens) => `(${(tokens.length === 0 ? [noToken] : tokens).map(quote).join(" OR ")})`).join(" AND ");

const noToken = "¤";
const quote = (one: string) => `"${one}"`;
