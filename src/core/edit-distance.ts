/**
 * How many characters must be put in, left out, changed, or swapped with their neighbour to make `b` of `a`; undefined
 * when it is more than `most`. Looks only at what may still be within that, so it costs at most `2 * most + 1` steps for
 * each character.
 */
export function editDistance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  const beyond = most + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => Math.min(column, beyond));
  for (let row = 1; row <= a.length; row += 1) {
    const here: number[] = [];
    if (row <= most) here[0] = row;
    let least = here[0] ?? beyond;
    for (let column = Math.max(1, row - most); column <= Math.min(b.length, row + most); column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const cost = Math.min(
        (above[column - 1] ?? beyond) + (isSame ? 0 : 1),
        (above[column] ?? beyond) + 1,
        (here[column - 1] ?? beyond) + 1,
        isSwapped ? (before[column - 2] ?? beyond) + 1 : beyond,
      );
      here[column] = cost;
      least = Math.min(least, cost);
    }
    // A swap reaches back two rows, and costs one: what is at `most` above may still be the way.
    if (least > most && Math.min(...above.filter((cost) => cost !== undefined)) >= most) return undefined;
    [before, above] = [above, here];
  }
  const distance = above[b.length] ?? beyond;
  return distance > most ? undefined : distance;
}
