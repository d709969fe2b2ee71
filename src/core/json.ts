/** JSON as untrusted text: how deep it nests, whether its strings are Unicode, and its one canonical spelling. */

/**
 * How deep brackets nest in `text`, read as JSON, counting no further than `limit + 1`. Reading the text and
 * not the value costs no stack, whatever the depth.
 */
export function nestingOf(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length && deepest <= limit; at++) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === backslash) at++;
      else if (character === quote) inString = false;
    } else if (character === quote) inString = true;
    else if (character === openBrace || character === openBracket) deepest = Math.max(deepest, ++depth);
    else if (character === closeBrace || character === closeBracket) depth--;
  }
  return deepest;
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [34, 92, 91, 93, 123, 125];

/** How deep `value` nests: 0 for a string or a number. Without recursion, so that no value overflows the stack. */
export function depthOf(value: unknown): number {
  let deepest = 0;
  const pending: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    deepest = Math.max(deepest, item.depth);
    for (const child of childrenOf(item.value)) pending.push({ value: child, depth: item.depth + 1 });
  }
  return deepest;
}

function childrenOf(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const children: readonly unknown[] = Object.values(value);
  return children.length > 0 ? children : [null];
}

/** Object keys sorted, no blanks: equal values give equal text. Call it only on values of a bounded depth. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
