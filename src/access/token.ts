import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { randomCrockford } from "../core/crockford.ts";

/**
 * A credential's secret as its holder has it: `cbr_<id>_<32 random bytes><checksum>`. The id is not secret and finds the
 * record; the prefix lets scanners find a token that has leaked, and the checksum lets them and us know one from noise
 * without asking. Only a hash of it is kept: it has 256 bits, so a fast one will do.
 */
export interface Token {
  readonly id: string;
  readonly text: string;
}

const idLength = 10;
const pattern = /^cbr_([0-9a-hjkmnp-tv-z]{10})_([A-Za-z0-9_-]{43})([0-9a-f]{8})$/;

export const mintId = (): string => randomCrockford(idLength).toLowerCase();

/** A new secret for the credential `id`. */
export function mintToken(id: string): Token {
  const body = `cbr_${id}_${randomBytes(32).toString("base64url")}`;
  return { id, text: body + checksum(body) };
}

/** The token in `text`; undefined when it cannot be one of ours. */
export function parseToken(text: string): Token | undefined {
  const id = pattern.exec(text)?.[1];
  return id !== undefined && text.endsWith(checksum(text.slice(0, -8))) ? { id, text } : undefined;
}

const checksum = (body: string) => crc32(body).toString(16).padStart(8, "0");

/** What is kept of a secret, in hexadecimal. */
export const hashSecret = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Whether `hash` is of `text`. Takes as long whether it is wrong in the first place or the last. */
export function isSecretOf(hash: string, text: string): boolean {
  const expected = Buffer.from(hash, "hex");
  const given = createHash("sha256").update(text).digest();
  return expected.length === given.length && timingSafeEqual(expected, given);
}
