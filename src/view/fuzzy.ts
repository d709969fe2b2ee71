/**
 * How well what was typed fits a text, the less the better: all of its characters must be there, in order, and those
 * side by side and at the beginnings of words count for more. Undefined where it does not fit.
 */
export function misfit(text: string, typed: string): number | undefined {
  const [where, wanted] = [text.toLowerCase(), typed.toLowerCase().replaceAll(/\s+/g, "")];
  let cost = 0;
  let at = -1;
  for (const character of wanted) {
    const next = placeOf(where, character, at);
    if (next === undefined) return undefined;
    if (next !== at + 1) cost += isWordStart(where, next) ? 1 : 3;
    at = next;
  }
  return cost + text.length / longest;
}

/** Of two that fit equally the shorter one is meant, whatever their lengths. */
const longest = 100_000;

/** The next place of the character; one behind a break in the text is preferred to one within a word. */
function placeOf(text: string, character: string, after: number): number | undefined {
  if (text[after + 1] === character) return after + 1;
  const first = text.indexOf(character, after + 1);
  for (let at = first; at >= 0; at = text.indexOf(character, at + 1)) if (isWordStart(text, at)) return at;
  return first < 0 ? undefined : first;
}

const isWordStart = (text: string, at: number) => at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "");

/** Those that fit, the best first, at most `most`; in their own order where nothing was typed. */
export function fitting<Item>(
  items: readonly Item[],
  typed: string,
  textOf: (item: Item) => string,
  most: number,
): readonly Item[] {
  if (typed.trim() === "") return items.slice(0, most);
  return items
    .map((item) => ({ item, cost: misfit(textOf(item), typed) }))
    .filter((one): one is { item: Item; cost: number } => one.cost !== undefined)
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, most)
    .map(({ item }) => item);
}
