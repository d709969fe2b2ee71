import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { next } from "../../src/core/feed.ts";
import { beginning, type ChannelName, type Seq } from "../../src/core/message.ts";
import { everything, only } from "../../src/core/scope.ts";
import type { Store } from "../../src/core/store.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";
import { checkDatabase } from "./check-database.ts";
import type { Order } from "./second-process.ts";

const worker = "demo:worker" as ChannelName;
const draft = (content: string) => ({ channel: worker, sender: "ann", content });

describe("two processes on one database", () => {
  let folder: string;
  let path: string;
  let store: Store;
  let other: ChildProcess;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
    path = join(folder, "bridge.db");
    other = fork(join(import.meta.dirname, "second-process.ts"), [path]);
    const isReady = once(other, "message");
    // Both make the database at once: one of them does, and the other takes it.
    store = await openSqliteStore({ path });
    await isReady;
  });

  afterEach(async () => {
    const exited = once(other, "exit");
    other.disconnect();
    await exited;
    await store.close();
    checkDatabase(path);
    await rm(folder, { recursive: true });
  });

  async function tell(order: Order): Promise<unknown> {
    const answered = once(other, "message");
    other.send(order);
    const [answer] = await answered;
    return answer;
  }

  const nextHere = (after: Seq) => next(store, only(worker), { after, limit: 10, signal: AbortSignal.timeout(10_000) });

  it("wakes a reader here for each message that is written there", async () => {
    for (const content of ["one", "two", "three", "four", "five"]) {
      const waiting = nextHere(await store.lastSeq());
      const answer = await tell({ order: "append", drafts: [draft(content)] });
      const page = await waiting;
      expect(page).toMatchObject([{ content }]);
      expect(answer).toMatchObject([{ kind: "appended", message: page[0] }]);
    }
  });

  it("wakes a reader there for what is written here", async () => {
    for (const content of ["one", "two", "three"]) {
      await expect(tell({ order: "next", after: await store.lastSeq() })).resolves.toBe("waiting");
      const answered = once(other, "message");
      await store.append([draft(content)]);
      const [page] = await answered;
      expect(page).toMatchObject([{ content }]);
    }
  });

  it("wakes a reader here for a clear there", async () => {
    await store.append([draft("one")]);
    const waiting = nextHere(await store.lastSeq());
    const cleared = await tell({ order: "clear", channel: worker });
    expect(cleared).toMatchObject({ kind: "cleared", count: 1 });
    expect(await waiting).toEqual([cleared]);
  });

  it("keeps one log when both write as fast as they can", async () => {
    const drafts = (side: string) => Array.from({ length: 150 }, (_, at) => draft(`${side} ${at}`));
    const there = tell({ order: "append one by one", drafts: drafts("there") });
    for (const one of drafts("here")) await store.append([one]);
    expect(await there).toBe("done");
    const texts = (await store.tail(everything, 500)).map(({ content }) => content);
    const inOrder = (side: string) => texts.filter((text) => text.startsWith(side));
    expect(inOrder("here")).toEqual(drafts("here").map(({ content }) => content));
    expect(inOrder("there")).toEqual(drafts("there").map(({ content }) => content));
    expect(await store.remaining(everything, beginning)).toBe(300);
  });
});
