/**
 * What a word is, for every engine: a run of letters and digits of any script, in lower case, without accents, of which
 * the first `maxWordLength` characters count. Scripts that write without blanks have no such runs, so that each of
 * their characters is a word, and so is each emoji.
 */
export interface Word {
  readonly word: string;
  /** Its place in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Longer ones are encoded data, which nobody types; hashes of 64 digits are found whole. */
const maxWordLength = 64;

const plain = /[a-z0-9]+/gi;
const unspaced = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`;
const any = new RegExp(
  String.raw`[${unspaced}]\p{M}*|\p{Extended_Pictographic}|(?:(?![${unspaced}])[\p{L}\p{N}\p{M}])+`,
  "gu",
);

/** The same without their places, which costs a third. */
export function plainWordsOf(text: string): readonly string[] {
  if (!isAscii(text)) return wordsOf(text).map(({ word }) => word);
  const words = text.toLowerCase().match(plain) ?? [];
  return words.some(({ length }) => length > maxWordLength) ? words.map(shorten) : words;
}

const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);

/** The words of the text, in its order. Takes work linear in the text. */
export function wordsOf(text: string): readonly Word[] {
  const isPlain = isAscii(text);
  const words: Word[] = [];
  for (const match of text.matchAll(isPlain ? plain : any)) {
    const [run] = match;
    const word = isPlain ? shorten(run.toLowerCase()) : normalise(run);
    if (word !== "") words.push({ word, start: match.index, end: match.index + run.length });
  }
  return words;
}

/** Nothing for a run of accents alone. */
function normalise(run: string): string {
  if (isAscii(run)) return shorten(run.toLowerCase());
  return shorten(bare(bare(run).toLowerCase()));
}

/** Compatibility forms as what they stand for, without accents and whatever else is no part of a word. */
const bare = (text: string) => text.normalize("NFKD").replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]/gu, "");

/** No half of a pair is left. */
const shorten = (word: string) =>
  word.length <= maxWordLength ? word : word.slice(0, maxWordLength).replace(/[\ud800-\udbff]$/, "");
