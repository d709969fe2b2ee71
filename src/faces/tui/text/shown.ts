import { visible } from "../../../core/visible.ts";

/** Longer texts are cut before anything is done with them: no line of a terminal is nearly so long. */
const longestLine = 2000;

/**
 * A text from outside for one line of a terminal: nothing in it is hidden or obeyed, and nothing has a width that
 * terminals do not agree on. Line ends and tabs are spaces.
 */
export function shown(text: string, most = longestLine): string {
  if (text.length <= most && plain.test(text)) return text;
  return agreed(visible(whole(text, most).replaceAll(/\s+/g, " "), { keepsLines: false }));
}

/** The same for several lines. */
export function shownLines(text: string, most: number): string {
  const lines = visible(whole(text, most)).replaceAll("\t", "    ");
  return plainLines.test(lines) ? lines : agreed(lines);
}

const plain = /^[ -~]*$/;
const plainLines = /^[ -~\n]*$/;

/** Never half of a pair. */
const whole = (text: string, most: number) =>
  text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");

/**
 * Some terminals draw a family as one picture and some as three, a flag as two letters or two cells. So pictures stand
 * beside each other as they are, without what joins or tints them, and flags are their letters.
 */
const agreed = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/\p{Default_Ignorable_Code_Point}|\u{20e3}/gu, "")
    .replaceAll(/(?<=\p{Extended_Pictographic})\p{Emoji_Modifier}/gu, "")
    .replaceAll(/\p{Regional_Indicator}/gu, (letter) =>
      String.fromCodePoint((letter.codePointAt(0) ?? 0) - flagLetters),
    )
    .replaceAll(tower, "$1");

/** From a regional indicator to its letter. */
const flagLetters = 0x1f1e6 - 0x41;

/** More marks on one letter than any language has would cover the lines above it. */
const tower = /(\p{M}{3})\p{M}+/gu;
