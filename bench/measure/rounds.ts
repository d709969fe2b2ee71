/** The middle of the values; the mean of the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** The median of one figure over the rounds. */
export const medianOf = <Result>(results: readonly Result[], figure: (result: Result) => number): number =>
  median(results.map(figure));

/**
 * Runs the contenders in turn, A B A B, so that what else the machine does meets all of them alike. Answers each
 * contender's results, one for each round.
 */
export async function interleave<Name extends string, Result>(
  rounds: number,
  contenders: Readonly<Record<Name, () => Promise<Result>>>,
): Promise<Readonly<Record<Name, readonly Result[]>>> {
  const names = Object.keys(contenders) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<Name, Result[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results[name].push(await contenders[name]());
  }
  return results;
}

/** Runs one contender for every round. */
export async function repeat<Result>(rounds: number, run: () => Promise<Result>): Promise<readonly Result[]> {
  return (await interleave(rounds, { run })).run;
}
