import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type Config, ConfigError, readToken } from "../config.ts";
import { readSecretFile } from "../config/files.ts";
import { isLoopback, networkAddresses } from "./addresses.ts";
import { warnIfReadable } from "./owner-only.ts";

/** What a client must show. `token` is undefined on a bridge that is open to whoever reaches it. */
export interface Access {
  readonly token: string | undefined;
  /** Where the token was found, for people: a flag, a variable, a key, or the bridge's own file. */
  readonly source: string | undefined;
  /** The file that holds it, if one does. */
  readonly path: string | undefined;
  /** Made by this start: the only time that it is shown. */
  readonly isNew: boolean;
}

/** Nothing is asked for. */
export const open: Access = { token: undefined, source: undefined, path: undefined, isNew: false };
const ownFile = "the bridge's token file";

/**
 * What the configuration asks for; undefined when it names no token.
 *
 * @throws ConfigError when the token's file cannot be read or is empty.
 */
export function configuredAccess({ token: source }: Config): Access | undefined {
  if (source === undefined) return undefined;
  const path = source.kind === "file" ? source.path : undefined;
  return { token: readToken(source), source: source.label, path, isNew: false };
}

/**
 * What is asked for when no token is configured. A bridge on loopback is open to its machine. A bridge that
 * listens beyond makes a token of its own and keeps it beside the database, readable by its owner only.
 * Every later start that listens beyond loopback finds it there, so a bridge that was protected once never
 * becomes open to a network by being restarted: only by `--allow-unauthenticated-network`, which warns each time.
 * On loopback the file is left alone; it protects nothing there that the machine's own users could not read.
 *
 * @throws ConfigError when a token file cannot be read or made, or is empty.
 */
export function defaultAccess({ host, db, allowUnauthenticatedNetwork }: Config, warn: (line: string) => void): Access {
  if (isLoopback(host)) return open;
  if (allowUnauthenticatedNetwork) {
    const reachable = networkAddresses(host).join(", ");
    warn(
      `no token is asked for: whoever can reach ${reachable || "this machine over its network"} can read, send and clear every message`,
    );
    return open;
  }
  return ownToken(`${db}.token`, warn);
}

function ownToken(path: string, warn: (line: string) => void): Access {
  const made = makeToken(path);
  if (made !== undefined) return { token: made, source: ownFile, path, isNew: true };
  warnIfReadable(path, warn);
  return { token: readSecretFile({ label: ownFile, path }), source: ownFile, path, isNew: false };
}

/** A new token in a new file; undefined when the file is there already. */
function makeToken(path: string): string | undefined {
  const token = randomBytes(32).toString("base64url");
  try {
    // `wx`: of two bridges that start at once, one makes the file and the other reads it.
    writeFileSync(path, `${token}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return undefined;
    throw new ConfigError(`could not write ${ownFile} ${path}; set one with --auth-token-file`, { cause: error });
  }
  return token;
}
