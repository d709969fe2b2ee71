import { readFileSync } from "node:fs";
import { ConfigError } from "./error.ts";
import { token } from "./kinds.ts";

/** A configuration file: one JSON object, a key for each setting. */
export interface ConfigFile {
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * The file's object; undefined when the file is absent and nobody asked for it.
 *
 * @throws ConfigError when it cannot be read or is not a JSON object.
 */
export function readConfigFile(path: string, { label }: { label: string | undefined }): ConfigFile | undefined {
  const name = label === undefined ? path : `${label} (${path})`;
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (label === undefined && hasCode(error, "ENOENT")) return undefined;
    throw new ConfigError(`could not read ${name}: ${oneLine(error)}`, { cause: error });
  }
  return { path, content: parseObject(text, name) };
}

function parseObject(text: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${name} must be a JSON object, and is no valid JSON${placeIn(error)}`, { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ConfigError(`${name} must be a JSON object`);
  }
  return { ...value };
}

/** Where the JSON is broken. Not the whole message: it quotes the file, which may hold a token. */
function placeIn(error: unknown): string {
  const place = /\(line \d+ column \d+\)/.exec(String(error))?.[0];
  return place === undefined ? "" : ` ${place}`;
}

/**
 * The secret in a file, without the white space that editors and `echo` leave at its end.
 *
 * @throws ConfigError when the file cannot be read, is empty, or holds what no header can carry.
 */
export function readSecretFile({ label, path }: { readonly label: string; readonly path: string }): string {
  const text = readFile(label, path).trimEnd();
  if (text === "") throw new ConfigError(`${label}: ${path} is empty, and must hold a token`);
  const secret = token.parse([text]);
  if (secret === undefined) throw new ConfigError(`${label}: the token in ${path} must be ${token.expected}`);
  return secret;
}

/** @throws ConfigError when the file that the setting names cannot be read. */
export function readFile(label: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError(`could not read ${label}: ${oneLine(error)}`, { cause: error });
  }
}

const hasCode = (error: unknown, code: string) => error instanceof Error && "code" in error && error.code === code;

const oneLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
