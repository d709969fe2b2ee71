import { existsSync } from "node:fs";
import type { Config } from "../../config.ts";
import { type JoinedBridge, readBridges } from "../../config/bridges.ts";
import { environmentToken } from "../../config/client.ts";
import { CommandError } from "./command-error.ts";

/** Which bridge a command is for: one at an address, or the one of a database here. */
export type Chosen =
  | ({ readonly kind: "remote"; readonly name?: string | undefined } & Credential)
  | { readonly kind: "local" };

export interface Credential {
  readonly url: string;
  readonly token: string | undefined;
  /** SHA-256 of the one certificate to believe. */
  readonly certificate: string | undefined;
}

/**
 * The nearest to the person who calls wins: a flag, then the environment, then a database that is there, then what this
 * machine has joined.
 *
 * @throws CommandError `not_found`.
 */
export function chooseBridge(config: Config): Chosen {
  const { db, client } = config;
  if (client.isUrlFlag || client.bridge !== undefined) return chooseRemote(config);
  if (client.isDbFlag) {
    if (existsSync(db)) return { kind: "local" };
    throw new CommandError("not_found", `there is no database ${db}`, { fix: "the relay prints the path of its own" });
  }
  if (client.url === undefined && existsSync(db)) return { kind: "local" };
  return chooseRemote(config);
}

/**
 * The same, where only an address will do.
 *
 * @throws CommandError `not_found`.
 */
export function chooseRemote({ client }: Config, named = client.bridge): Chosen & { readonly kind: "remote" } {
  const { current, known } = readBridges(client.folder);
  if (client.url !== undefined && (client.isUrlFlag || named === undefined)) {
    const { url } = client;
    const [name, joined] = [...known].find(([, bridge]) => bridge.url === url) ?? [];
    return {
      kind: "remote",
      name,
      url,
      token: environmentToken(client) ?? joined?.token,
      certificate: joined?.certificate,
    };
  }
  const name = named ?? current;
  const joined = name === undefined ? undefined : known.get(name);
  if (name === undefined || joined === undefined) throw notJoined(named, known);
  // A bridge that was named gets its own credential: the environment's may be another's.
  const token = (named === undefined ? environmentToken(client) : undefined) ?? joined.token;
  return { kind: "remote", name, url: joined.url, token, certificate: joined.certificate };
}

function notJoined(name: string | undefined, known: ReadonlyMap<string, JoinedBridge>): CommandError {
  const names = [...known.keys()].join(", ");
  if (name !== undefined) {
    const fix = names === "" ? "join one with claude-bridge join <url> <code>" : `this machine has joined ${names}`;
    return new CommandError("not_found", `this machine has joined no bridge called ${name}`, { fix });
  }
  return new CommandError(
    "not_found",
    "there is no bridge here: neither a database nor one that this machine has joined",
    {
      fix: "name the relay's database with --db, or join a bridge with claude-bridge join <url> <code>",
    },
  );
}
