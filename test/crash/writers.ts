/**
 * Writes to the database at argv[2] with 16 writers until it is killed, and prints the key and seq of each message
 * when the store has acknowledged it.
 */
import type { ChannelName } from "../../src/core/message.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";

const [path = "", round = ""] = process.argv.slice(2);
const store = await openSqliteStore({ path });

async function write(writer: number): Promise<never> {
  const channel = `load:${writer % 5}` as ChannelName;
  for (let at = 0; ; at++) {
    const key = `${round}-${writer}-${at}`;
    const draft = { channel, sender: `writer-${writer}`, content: key.padEnd(300, "."), idempotencyKey: key };
    const [appended] = await store.append([draft]);
    if (appended?.kind !== "appended") throw new Error(`${key} was refused`);
    process.stdout.write(`${key} ${appended.message.seq}\n`);
  }
}

/** Fills and empties a channel, so that there is always a delete to break off. */
async function scratch(): Promise<never> {
  const channel = "scratch" as ChannelName;
  for (;;) {
    await store.append(Array.from({ length: 20 }, (_, at) => ({ channel, sender: `s${at}`, content: "gone soon" })));
    await store.clear(channel);
  }
}

await Promise.all([...Array.from({ length: 16 }, (_, writer) => write(writer)), scratch()]);
