import type { Receipt } from "../../../client/index.ts";

/** How far a message gets with an agent, in this order, as every surface of the bridge says it. */
const rungs = [
  ["at_machine", "✓", "at machine"],
  ["in_context", "✓✓", "in context"],
  ["acknowledged", "✓✓", "acknowledged"],
  ["answered", "↩", "answered"],
] as const;

/** Shows each rung of a message once, when the bridge says that it was reached. */
export function createLadder(show: (line: string) => void) {
  const shown = new Set<string>();
  return (receipts: readonly Receipt[], agent: string, since: number): void => {
    const receipt = receipts.find((one) => one.agent === agent);
    for (const [state, glyph, words] of rungs) {
      const at = receipt?.at[state];
      if (at === undefined || shown.has(state)) continue;
      shown.add(state);
      // The answer is a message of its own, which has just been shown.
      const what = state === "answered" ? "the message before, " : "";
      show(rungLine(glyph, words, `${what}by ${agent}, ${Math.max(1, at - since)} ms`));
    }
  };
}

export type Ladder = ReturnType<typeof createLadder>;

export const rungLine = (glyph: string, words: string, rest: string): string =>
  `      ${glyph.padEnd(2)} ${words.padEnd(14)} ${rest}`;
