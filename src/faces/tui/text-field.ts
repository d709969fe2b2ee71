/** A text that is being written, and where the cursor stands in it, in UTF-16 code units. */
export interface TextField {
  readonly text: string;
  readonly at: number;
}

export const emptyField: TextField = { text: "", at: 0 };

export const fieldOf = (text: string): TextField => ({ text, at: text.length });

/** What a key does to the text; undefined when it means nothing there. */
export function edited(field: TextField, key: string): TextField | undefined {
  const { text, at } = field;
  switch (key) {
    case "backspace":
      return without(field, stepBack(text, at), at);
    case "delete":
    case "ctrl+d":
      return without(field, at, stepOn(text, at));
    case "ctrl+w":
    case "alt+backspace":
      return without(field, wordBack(text, at), at);
    case "ctrl+u":
      return without(field, lineStart(text, at), at);
    case "ctrl+k":
      return without(field, at, lineEnd(text, at));
    default: {
      const to = moved(field, key);
      return to === undefined ? undefined : { text, at: to };
    }
  }
}

export const inserted = ({ text, at }: TextField, more: string): TextField => ({
  text: text.slice(0, at) + more + text.slice(at),
  at: at + more.length,
});

function moved({ text, at }: TextField, key: string): number | undefined {
  switch (key) {
    case "left":
    case "ctrl+b":
      return stepBack(text, at);
    case "right":
    case "ctrl+f":
      return stepOn(text, at);
    case "alt+left":
    case "ctrl+left":
      return wordBack(text, at);
    case "alt+right":
    case "ctrl+right":
      return wordOn(text, at);
    case "home":
    case "ctrl+a":
      return lineStart(text, at);
    case "end":
    case "ctrl+e":
      return lineEnd(text, at);
    case "up":
      return lineStart(text, at) === 0
        ? 0
        : Math.min(lineStart(text, lineStart(text, at) - 1) + column(text, at), lineStart(text, at) - 1);
    case "down":
      return lineEnd(text, at) === text.length
        ? text.length
        : Math.min(lineEnd(text, at) + 1 + column(text, at), lineEnd(text, lineEnd(text, at) + 1));
    default:
      return undefined;
  }
}

const without = ({ text }: TextField, from: number, to: number): TextField => ({
  text: text.slice(0, from) + text.slice(to),
  at: from,
});

/** `lastIndexOf` takes a place before the beginning for the beginning. */
const lineStart = (text: string, at: number) => (at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1);

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

const column = (text: string, at: number) => at - lineStart(text, at);

const wordBack = (text: string, at: number) => text.slice(0, at).replace(/\S*\s*$/, "").length;
const wordOn = (text: string, at: number) => at + (/^\s*\S*/.exec(text.slice(at))?.[0].length ?? 0);

/** What a reader takes for one character is one: nobody deletes half of a flag. */
const characters = new Intl.Segmenter();

/** Longer ones are no characters. */
const longestCharacter = 64;

function stepBack(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - longestCharacter), at);
  const last = [...characters.segment(before)].at(-1);
  return at - (last?.segment.length ?? 0);
}

function stepOn(text: string, at: number): number {
  for (const { segment } of characters.segment(text.slice(at, at + longestCharacter))) return at + segment.length;
  return at;
}
