import { maxContentBytes, maxSecretsFound } from "./limits.ts";
import { looksRandom } from "./secrets/randomness.ts";
import { type Rule, rules } from "./secrets/rules.ts";

/** Where a text looks like it holds a credential. Never what it is: a finding may be logged. */
export interface Found {
  readonly rule: string;
  /** As in "looks like it holds …": `a GitHub token`. */
  readonly label: string;
  /** In UTF-16 code units, as `length`. */
  readonly start: number;
  readonly length: number;
}

/**
 * The credentials of well-known shapes in the text, in order, without overlaps, at most `maxSecretsFound`. Looks at the
 * first `maxContentBytes` code units, in time linear in them, whatever they are.
 */
export function findSecrets(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const secret of secretsIn(text.length > maxContentBytes ? text.slice(0, maxContentBytes) : text)) {
    found.push(secret);
    if (found.length === maxSecretsFound) break;
  }
  return found;
}

/** The text with the name of its kind in the place of every credential, however many there are. */
export function withoutSecrets(text: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { label, start, length } of secretsIn(text)) {
    parts.push(text.slice(end, start), `[redacted: ${label}]`);
    end = start + length;
  }
  return parts.join("") + text.slice(end);
}

function* secretsIn(text: string): Generator<Found> {
  for (let from = 0; ;) {
    anyStart.lastIndex = from;
    const hit = anyStart.exec(text);
    if (hit === null) return;
    from = anyStart.lastIndex;
    const rule = byStart.get(hit[0]);
    const match = rule === undefined ? null : matchAt(text, hit.index, hit[0], rule);
    if (rule === undefined || match === null) continue;
    // A placeholder is passed over as a whole too, so that nothing is looked at again and again.
    from = match.end;
    if (!looksRandom(match.random, rule.minBits)) continue;
    yield { rule: rule.rule, label: rule.label, start: hit.index, length: match.end - hit.index };
  }
}

const byStart = new Map(rules.flatMap((rule) => rule.starts.map((start) => [start, rule] as const)));

/** The longest first: `sk-ant-` is not an `sk-`. */
const startsByLength = [...byStart.keys()].toSorted((a, b) => b.length - a.length);
const anyStart = new RegExp(startsByLength.map((start) => start.replaceAll(/[.+]/g, "\\$&")).join("|"), "g");

interface Match {
  readonly end: number;
  readonly random: string;
}

function matchAt(text: string, index: number, start: string, { rest, isWithinWords }: Rule): Match | null {
  if (isWithinWords !== true && isInWord(text, index)) return null;
  rest.lastIndex = index + start.length;
  const match = rest.exec(text);
  // What goes on is longer than any token of this shape, such as a hash.
  if (match === null || isWord(text.charCodeAt(rest.lastIndex))) return null;
  return { end: rest.lastIndex, random: match[1] ?? match[0] };
}

/** The letter of `\n`, `\r` or `\t`, as JSON spells line ends and tabs, ends no word. */
function isInWord(text: string, index: number): boolean {
  if (index === 0 || !isWord(text.charCodeAt(index - 1))) return false;
  return !(text.charAt(index - 2) === "\\" && "nrt".includes(text.charAt(index - 1)));
}

const isWord = (unit: number) =>
  (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122);
