/** Crockford's base 32: no I, L, O and U, so that people can read it to each other. */
const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `length` random digits, five bits each. */
export function randomCrockford(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => digits[byte % digits.length]).join("");
}

/** As a person may have written it: case, blanks and dashes do not count, and I, L, O are what they look like. */
export function readCrockford(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll(/[IL]/g, "1").replaceAll("O", "0");
}
