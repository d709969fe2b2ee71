import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./error.ts";
import { isReadableByOthers, replacePrivateFile } from "./private-file.ts";

/** A bridge that this machine has joined, with the credential that it got there. */
export interface JoinedBridge {
  readonly url: string;
  readonly token: string;
  /** Who this machine is there. */
  readonly principal: { readonly id: string; readonly name: string };
  /** SHA-256 of the one certificate to believe, in hexadecimal; undefined when the system's authorities vouch for it. */
  readonly certificate?: string | undefined;
  /** For people to compare. */
  readonly words?: string | undefined;
  /** RFC 3339. */
  readonly joinedAt: string;
}

/** By the name that this machine has for it. */
export interface Bridges {
  readonly current: string | undefined;
  readonly known: ReadonlyMap<string, JoinedBridge>;
}

export const bridgesFile = (folder: string): string => join(folder, "bridges.json");

/**
 * What this machine has joined; nothing when the file is absent.
 *
 * @throws ConfigError when the file is broken, or others can read it.
 */
export function readBridges(folder: string): Bridges {
  const path = bridgesFile(folder);
  if (!existsSync(path)) return { current: undefined, known: new Map() };
  if (isReadableByOthers(path)) {
    throw new ConfigError(
      `other users of this machine can read ${path}, which holds credentials; run: chmod 600 '${path}'`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    // The reason may quote the file.
    throw broken(path, error);
  }
  const bridges = parse(value);
  if (bridges === undefined) throw broken(path);
  return bridges;
}

/** @throws ConfigError when it cannot be written. */
export function writeBridges(folder: string, { current, known }: Bridges): void {
  const bridges = Object.fromEntries(
    [...known].map(([name, { joinedAt, ...bridge }]) => [name, { ...bridge, joined_at: joinedAt }]),
  );
  replacePrivateFile(bridgesFile(folder), `${JSON.stringify({ v: 1, current, bridges }, undefined, 2)}\n`);
}

function broken(path: string, cause?: unknown): ConfigError {
  return new ConfigError(`${path} is broken; repair it, or move it away and join again`, { cause });
}

function parse(value: unknown): Bridges | undefined {
  if (!isObject(value) || value["v"] !== 1 || !isObject(value["bridges"])) return undefined;
  const rows = Object.entries(value["bridges"]).map(([name, row]) => [name, parseBridge(row)] as const);
  const known = new Map<string, JoinedBridge>();
  for (const [name, bridge] of rows) {
    if (bridge === undefined) return undefined;
    known.set(name, bridge);
  }
  const current = value["current"];
  return { known, current: typeof current === "string" && known.has(current) ? current : undefined };
}

function parseBridge(row: unknown): JoinedBridge | undefined {
  if (!isObject(row) || !isObject(row["principal"])) return undefined;
  const { url, token, certificate, words, joined_at: joinedAt } = row;
  const { id, name } = row["principal"];
  if (!isText(url) || !isText(token) || !isText(joinedAt) || !isText(id) || !isText(name)) return undefined;
  if (!isTextOrAbsent(certificate) || !isTextOrAbsent(words)) return undefined;
  return { url, token, principal: { id, name }, certificate, words, joinedAt };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrAbsent = (value: unknown): value is string | undefined => value === undefined || isText(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
