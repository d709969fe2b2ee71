/**
 * What a message of the benchmark begins with: `#~`, its publisher in 3 digits, which of the publisher's it is in 9,
 * and when it was due in 13, in microseconds. Of fixed width, to be written and read in place. It mentions nobody.
 */
export const stampOf = (publisher: number) => `#~${`${publisher}`.padStart(3, "0")}${"0".repeat(22)}`;

export const nowUs = () => Math.round(performance.now() * 1000);

export function writeNumber(bytes: Buffer, at: number, width: number, value: number): void {
  let rest = value;
  for (let place = at + width - 1; place >= at; place--) {
    bytes[place] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

/** Where the stamp was in the last frame that was read: in the next it is there again, nearly always. */
let expected = 0;

/** The place of the stamp in the frame that begins at `start`; negative in a frame without one. */
export function findStamp(bytes: Buffer, start: number, end: number): number {
  const at = start + expected;
  if (bytes[at] === 35 && bytes[at + 1] === 126) return at;
  const found = bytes.indexOf("#~", start);
  if (found < 0 || found >= end) return -1;
  expected = found - start;
  return found;
}

export const publisherAt = (bytes: Buffer, stamp: number) => readNumber(bytes, stamp + 2, 3);
export const indexAt = (bytes: Buffer, stamp: number) => readNumber(bytes, stamp + 5, 9);
export const dueAt = (bytes: Buffer, stamp: number) => readNumber(bytes, stamp + 14, 13);

function readNumber(bytes: Buffer, at: number, width: number): number {
  let value = 0;
  for (let place = at; place < at + width; place++) value = value * 10 + (bytes[place] ?? 48) - 48;
  return value;
}
