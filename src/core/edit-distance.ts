/**
 * How many characters must be put in, left out, changed, or swapped with their neighbour to make `b` of `a`; undefined
 * when it is more than `most`, at most 100. Looks only at what may still be within that, so it costs at most
 * `2 * most + 1` steps for each character.
 */
export function editDistance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  const beyond = most + 1;
  const newRow = () => new Uint8Array(b.length + 2).fill(beyond);
  let [before, above, here] = [newRow(), newRow(), newRow()];
  for (let column = 0; column <= Math.min(b.length, most); column += 1) above[column] = column;
  let leastAbove = 0;
  for (let row = 1; row <= a.length; row += 1) {
    const [from, to] = [Math.max(1, row - most), Math.min(b.length, row + most)];
    // What is beside the band holds what an earlier row left there.
    here[from - 1] = from === 1 && row <= most ? row : beyond;
    here[to + 1] = beyond;
    const least = Math.min(here[from - 1] ?? beyond, fillRow({ a, b, row, from, to, before, above, here }));
    // A swap reaches over a row, and costs one.
    if (least > most && leastAbove >= most) return undefined;
    leastAbove = least;
    [before, above, here] = [above, here, before];
  }
  const distance = above[b.length] ?? beyond;
  return distance > most ? undefined : distance;
}

interface Filling {
  readonly a: string;
  readonly b: string;
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly before: Uint8Array;
  readonly above: Uint8Array;
  readonly here: Uint8Array;
}

/** Fills the row between the two columns, and returns the least in it. */
function fillRow({ a, b, row, from, to, before, above, here }: Filling): number {
  let least = Infinity;
  for (let column = from; column <= to; column += 1) {
    const isSame = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
    let cost = at(above, column - 1) + (isSame ? 0 : 1);
    cost = Math.min(cost, at(above, column) + 1, at(here, column - 1) + 1);
    const isSwapped =
      row > 1 &&
      column > 1 &&
      a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
      a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
    if (isSwapped) cost = Math.min(cost, at(before, column - 2) + 1);
    here[column] = cost;
    least = Math.min(least, cost);
  }
  return least;
}

const at = (row: Uint8Array, column: number) => row[column] ?? Infinity;
