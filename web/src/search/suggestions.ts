import { visible } from "../../../src/core/visible.ts";
import { chipOf } from "../../../src/view/query-text.ts";

/** What may come next in a search. */
export interface Suggestion {
  /** As it will stand in the query. */
  readonly text: string;
  /** As it is shown: nothing in it is hidden. */
  readonly label: string;
  readonly hint: string;
  /** A word that wants its value: nothing is looked for yet. */
  readonly isOpen: boolean;
}

/** What there is to be named. */
export interface Known {
  readonly agents: readonly string[];
  readonly channels: readonly string[];
}

/** More is not looked through. */
const mostShown = 8;

const words: readonly (readonly [word: string, hint: string])[] = [
  ["from", "who sent it"],
  ["to", "whom it is for"],
  ["in", "a channel"],
  ["type", "task, question, result …"],
  ["thread", "a thread"],
  ["is", "unread, unanswered, held, question"],
  ["has", "artifact"],
  ["after", "1h, 2d or a date"],
  ["before", "1h, 2d or a date"],
];

const types = ["task", "question", "answer", "result", "ack", "note", "review", "event"];
const times = ["1h", "1d", "7d", "30d"];

/** Of the last piece of what is typed: a word, or the values of one. */
const lastPiece = /(?<minus>-?)(?:(?<word>[a-z]+):)?(?<value>"[^"]*|[^\s"]*)$/i;

/** What may stand in place of the last piece of the draft. */
export function suggestionsFor(draft: string, known: Known): readonly Suggestion[] {
  const { minus = "", word, value = "" } = lastPiece.exec(draft)?.groups ?? {};
  const typed = value.replace(/^"/, "").toLowerCase();
  if (word === undefined) {
    return words
      .filter(([name]) => name.startsWith(typed))
      .map(([name, hint]) => ({ text: `${minus}${name}:`, label: `${minus}${name}:`, hint, isOpen: true }))
      .slice(0, typed === "" ? words.length : mostShown);
  }
  return valuesOf(word.toLowerCase(), known)
    .filter((one) => one.toLowerCase().includes(typed))
    .toSorted((a, b) => Number(b.toLowerCase().startsWith(typed)) - Number(a.toLowerCase().startsWith(typed)))
    .slice(0, mostShown)
    .map((one) => {
      const text = `${minus}${chipOf(word.toLowerCase(), one)}`;
      return { text, label: visible(text, { keepsLines: false }), hint: "", isOpen: false };
    });
}

/** The draft with the suggestion in place of its last piece. */
export const completed = (draft: string, { text }: Suggestion): string => draft.replace(lastPiece, () => text);

function valuesOf(word: string, { agents, channels }: Known): readonly string[] {
  switch (word) {
    case "from":
    case "to":
      return agents;
    case "in":
      return channels;
    case "type":
      return types;
    case "is":
      return ["unread", "unanswered", "held", "question"];
    case "has":
      return ["artifact"];
    case "before":
    case "after":
      return times;
    default:
      return [];
  }
}
