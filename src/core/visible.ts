export interface VisibleOptions {
  /** Line ends and tabs stay as they are, and CRLF becomes LF. Without it they are made visible too. */
  readonly keepsLines?: boolean;
}

/**
 * The text with everything in it that is hidden, or that changes how the rest is shown, spelt as `\u{…}`. For whatever
 * shows text from outside: terminals, pages, and the results that models read. Ordinary text of any script stays as it
 * is, and what is visible already too, so that twice is as once. Takes time linear in the text.
 */
export function visible(text: string, { keepsLines = true }: VisibleOptions = {}): string {
  if (printable.test(text)) return text;
  return keepsLines ? text.replaceAll("\r\n", "\n").replace(hiddenButLines(), spell) : text.replace(hidden(), spell);
}

/** Most texts, for which the long patterns need not even be made. */
const printable = /^[ -~]*$/;

const spell = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

const classes = [
  // With the escapes that terminals obey, and halves of surrogate pairs, which JSON can spell: a model's API refuses a
  // conversation that has one, for good.
  String.raw`\p{Cc}\p{Cs}`,
  String.raw`\p{Bidi_Control}\p{Zl}\p{Zp}`,
  // What is shown as nothing: zero-width characters, soft hyphens, fillers, selectors, tags, and what is kept free.
  String.raw`\p{Default_Ignorable_Code_Point}`,
  // Interlinear annotations, and what will never be a character.
  String.raw`\u{fff9}-\u{fffb}\p{Noncharacter_Code_Point}`,
].join("");

const pictograph = String.raw`\p{Extended_Pictographic}`;

/** Scripts in which a joiner or a non-joiner shapes the letter before it: Persian, Sinhala and Malayalam need it. */
const joiningScripts = [
  "Arabic Syriac Nko Mandaic Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya",
  "Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar Tibetan Balinese Javanese",
].flatMap((names) => names.split(" ").map((name) => String.raw`\p{Script=${name}}`));

/** Letters and marks of the scripts that are themselves to be seen. */
const seen = (scripts: string) => String.raw`[[[\p{L}\p{M}]&&[${scripts}]]--\p{Default_Ignorable_Code_Point}]`;

/**
 * Where a hidden character is part of how a text is written. Each stands just behind one that is to be seen, so that
 * never two follow each other, and they cannot carry a text of their own.
 */
const ordinary = [
  // Two pictures made one, such as a family.
  String.raw`${pictograph}(?:\u{fe0f}|\p{Emoji_Modifier})?\u{200d}(?=${pictograph})`,
  String.raw`${seen(joiningScripts.join(""))}[\u{200c}\u{200d}]`,
  // A sign as text or as a picture; digits too, for keycaps.
  String.raw`[\p{Emoji}\p{S}][\u{fe0e}\u{fe0f}]`,
  // Forms of Mongolian letters.
  String.raw`${seen(String.raw`\p{Script=Mongolian}`)}[\u{180b}-\u{180d}\u{180f}]`,
].join("|");

const hidden = lazily(() => new RegExp(`[${classes}](?<!${ordinary})`, "gv"));
const hiddenButLines = lazily(() => new RegExp(`[[${classes}]--[\\n\\t]](?<!${ordinary})`, "gv"));

function lazily(make: () => RegExp): () => RegExp {
  let made: RegExp | undefined;
  return () => (made ??= make());
}
