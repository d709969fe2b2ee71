import { chmodSync, existsSync } from "node:fs";
import { bridgesFile, readBridges } from "../../../config/bridges.ts";
import { ConfigError } from "../../../config.ts";
import { isReadableByOthers } from "../../../config/private-file.ts";
import { announcementOf } from "../../../serve/running-relay.ts";
import { type Check, failure, type Finding, ok } from "./check.ts";

/** Files that hold secrets of this machine or of its bridge: their rights, and whether they can be used. */
export const credentials: Check = {
  name: "credentials",
  *run({ config: { db, client } }) {
    const files = [bridgesFile(client.folder), `${db}.token`, announcementOf(db), `${db}.tls-key.pem`].filter((path) =>
      existsSync(path),
    );
    const open = files.filter(isReadableByOthers);
    yield* open.map(readable);
    if (!open.includes(bridgesFile(client.folder))) yield* broken(client.folder);
    if (open.length > 0) return;
    yield ok(files.length === 0 ? "no credentials are kept here yet" : "only you can read the credentials kept here");
  },
};

function readable(path: string): Finding {
  return failure(`other users of this machine can read ${path}, which holds a secret`, `chmod 600 '${path}'`, () => {
    chmodSync(path, 0o600);
    return `made ${path} readable by you only; if others use this machine, join again or make a new token`;
  });
}

function* broken(folder: string): Generator<Finding, void, void> {
  try {
    readBridges(folder);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    yield failure(error.message, undefined);
  }
}
