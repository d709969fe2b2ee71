import { BridgeError } from "./error.ts";

/** Takes apart what came over the wire: each part is looked at once, here, and trusted afterwards. */

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function fieldsOf(value: unknown): Fields {
  if (isFields(value)) return value;
  throw unexpected("an object", "the answer");
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === "string") return value;
  throw unexpected("text", name);
}

export function number(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === "number") return value;
  throw unexpected("a number", name);
}

export function list(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (Array.isArray(value)) return value as readonly unknown[];
  throw unexpected("a list", name);
}

/** What is absent has none. */
export const texts = (fields: Fields, name: string): readonly string[] =>
  fields[name] === undefined ? [] : list(fields, name).filter((value) => typeof value === "string");

/** Absent counts as no. */
export const flag = (fields: Fields, name: string): boolean => fields[name] === true;

/** Undefined for what is absent, or is no text. */
export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" ? value : undefined;
}

/** Milliseconds since the Unix epoch, with the fraction that six digits of a second tell. */
export function time(fields: Fields, name: string): number {
  const stamp = text(fields, name);
  const micros = /\.\d{3}(\d{3})Z$/.exec(stamp)?.[1];
  const ms = Date.parse(stamp) + Number(micros ?? 0) / 1000;
  if (Number.isNaN(ms)) throw unexpected("a time", name);
  return ms;
}

const unexpected = (what: string, where: string) =>
  new BridgeError("unexpected_answer", `${where} is not ${what}: does this address belong to a claude-bridge?`);
