import { randomCrockford, readCrockford } from "../core/crockford.ts";
import { hashSecret, isSecretOf } from "./token.ts";

/**
 * A join code: 40 random bits that people can read to each other. It is short, so it lives shortly, works once and
 * stands few wrong tries.
 */
const length = 8;

export const mintJoinCode = (): string => randomCrockford(length);

/** As it is shown: `K7QF-4TM2`. */
export const showJoinCode = (code: string): string => `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;

/** The code in what somebody has typed; undefined when it cannot be one. */
export function readJoinCode(text: string): string | undefined {
  const code = readCrockford(text);
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : undefined;
}

/** With the bridge's epoch, so that nobody can have counted out the hashes of all codes beforehand. */
export const hashCode = (code: string, epoch: string): string => hashSecret(salted(code, epoch));

/** Whether `hash` is of `code`; takes equally long for every wrong one. */
export const isCodeOf = (hash: string, code: string, epoch: string): boolean => isSecretOf(hash, salted(code, epoch));

const salted = (code: string, epoch: string) => `${epoch}:${code}`;
