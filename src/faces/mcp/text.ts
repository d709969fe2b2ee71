import { visible } from "../../core/visible.ts";

/** How untrusted text is put into a tool's result, so that a model can read it and it cannot pass for the bridge's. */

/** `2026-11-22 10:36:57Z`: a model needs no fraction, but it needs the zone. */
export const shortTime = (timestamp: string) => `${timestamp.slice(0, 10)} ${timestamp.slice(11, 19)}Z`;

/** What is made visible grows; a name that grows beyond this is hostile, and nobody has to write it down again. */
const longestQuoted = 300;

/** A name as it is if it is plain, and in quotes if it could be read as more than a name. */
export const quoteName = (name: string) =>
  plain.test(name) ? name : clip(visible(JSON.stringify(name)), longestQuoted);

/** Some letters are shown as nothing, such as the fillers of Hangul. */
const plain = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}._:/@+-])+$/u;

/** The first `length` units of the text, or one less: never half of a surrogate pair. */
export const head = (text: string, length: number) => text.slice(0, length).replace(/[\ud800-\udbff]$/, "");

/** At most `length` units, with a mark where the rest was. */
export const clip = (text: string, length: number) => (text.length <= length ? text : `${head(text, length - 1)}…`);

/** One line: what was on several is joined. */
export const oneLine = (text: string) => visible(text).replace(/\s*\n\s*/g, " ⏎ ");

/** Text between two lines that nobody could know when they wrote it. */
export interface Fence {
  readonly marker: string;
  wrap(body: string): string;
}

export function createFence(bodies: readonly string[]): Fence {
  let marker = mint();
  while (bodies.some((body) => body.includes(marker))) marker = mint();
  return { marker, wrap: (body) => `<<<${marker}\n${body}\n${marker}>>>` };
}

function mint(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}
