import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { ConfigError } from "../../config.ts";
import { isReadableByOthers, replacePrivateFile } from "../../config/private-file.ts";

/** The relay that `up` has started last on this machine, for agents that work in any other folder. */
export interface LastRelay {
  readonly db: string;
  readonly url: string;
}

const fileIn = (stateFolder: string) => join(stateFolder, "last-relay.json");

export function rememberRelay(stateFolder: string, { db, url }: LastRelay): void {
  try {
    replacePrivateFile(fileIn(stateFolder), `${JSON.stringify({ v: 1, db, url })}\n`);
  } catch (error) {
    // A relay is of use also where nothing else can be kept, such as in a container.
    if (!(error instanceof ConfigError)) throw error;
  }
}

/** Undefined where there was none. Nothing of a file that others may have written is believed. */
export function lastRelay(stateFolder: string): LastRelay | undefined {
  try {
    if (isReadableByOthers(fileIn(stateFolder))) return undefined;
    const { v, db, url } = JSON.parse(readFileSync(fileIn(stateFolder), "utf8")) as LastRelay & { readonly v: number };
    return v === 1 && isAbsolute(db) && URL.canParse(url) ? { db, url } : undefined;
  } catch {
    return undefined;
  }
}
