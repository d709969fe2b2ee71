import { existsSync } from "node:fs";
import { examineDatabase } from "../../../stores/examine-database.ts";
import { type Check, ok } from "./check.ts";

/** The file of the bridge. A machine that has only joined bridges elsewhere has none, and needs none. */
export const database: Check = {
  name: "database",
  async *run({ config: { db, client }, bridges }) {
    if (!client.isDbFlag && bridges.known.size > 0 && !existsSync(db)) {
      return yield ok("no database in this folder, and none is needed: this machine has joined a bridge");
    }
    yield* examineDatabase(db);
  },
};
