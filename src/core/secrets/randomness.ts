/** What people write where a secret would be: words, runs and counting up have no place in a random text. */
const placeholder = /example|placeholder|redacted|dummy|sample|change_?me|your|replace|fake/i;

/** Bits per character that even a short token in a small alphabet has: 32 hexadecimal digits have 3.6. */
const usualMinBits = 3;

export function looksRandom(text: string, minBits = usualMinBits): boolean {
  return bitsPerCharacter(text) >= minBits && !countsUp(text) && !placeholder.test(text);
}

/** Shannon's entropy of the characters as they occur. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** `abcdef…`, `123456…` and `aaaa…` are not random, however many different characters they have. */
function countsUp(text: string): boolean {
  let steps = 0;
  for (let at = 1; at < text.length; at++) {
    const step = text.charCodeAt(at) - text.charCodeAt(at - 1);
    if (step === 0 || step === 1) steps++;
  }
  return steps > text.length / 2;
}
