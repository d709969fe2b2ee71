/** Fills the database at argv[3] with argv[4] messages through the store of the product at argv[2]. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { openSqliteStore } from "../../src/stores/sqlite.ts";
import type { ChannelName } from "../../src/core/message.ts";

const [product = "", db = "", count = "0"] = process.argv.slice(2);
const messages = Number(count);
const channels = Array.from({ length: 8 }, (_, at) => `bench:${at}` as ChannelName);
const content = "x".repeat(300);
/** One message of so many has a word that the others do not have. */
const rarity = 500;
const withRareWord = "needle ".padEnd(content.length, "x");
const batch = 1000;
const pageSize = 100;
const wantedCursors = 500;

const module = (await import(pathToFileURL(join(product, "dist", "stores", "sqlite.js")).href)) as {
  openSqliteStore: typeof openSqliteStore;
};
const store = await module.openSqliteStore({ path: db });
const ids: string[] = [];
for (let done = 0; done < messages; done += batch) {
  const drafts = Array.from({ length: Math.min(batch, messages - done) }, (_, at) => ({
    channel: channels[at % channels.length] as ChannelName,
    sender: `writer-${at % 16}`,
    content: (done + at) % rarity === 0 ? withRareWord : content,
  }));
  for (const answer of await store.append(drafts)) {
    if (answer.kind === "refused") throw answer.error;
    if (answer.message.channel === channels[0]) ids.push(answer.message.id);
  }
}
await store.close();
await untilIndexed();

/** What a relay does in the background after a start with a large log is no part of what is measured of it. */
async function untilIndexed(): Promise<void> {
  const reopened = await module.openSqliteStore({ path: db });
  const raw = new DatabaseSync(db, { readOnly: true });
  // Products before there was an index have nothing to do.
  const isIndexed = raw.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'search_state'").get() !== undefined;
  const behind = raw.prepare(
    isIndexed ? "SELECT last_seq - indexed AS n FROM bridge CROSS JOIN search_state" : "SELECT 0 AS n",
  );
  while (Number(behind.get()?.["n"]) >= 1000) await setTimeout(100);
  raw.close();
  await reopened.close();
}

const usable = ids.slice(0, -pageSize);
const step = Math.max(1, Math.floor(usable.length / wantedCursors));
console.log(JSON.stringify({ channels, cursors: usable.filter((_, at) => at % step === 0) }));
