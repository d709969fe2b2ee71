import { expect, it, onTestFinished } from "vitest";
import type { ChannelName, Seq } from "../../core/message.ts";
import { everything } from "../../core/scope.ts";
import { parseQuery } from "../../core/search-query.ts";
import { openSqliteStore } from "../sqlite.ts";

const newest = Number.MAX_SAFE_INTEGER as Seq;

it("a search answers with its page of a list while somebody's long search goes on", async () => {
  const messages = 20_000;
  const store = await openSqliteStore({ path: ":memory:", indexBatch: messages * 2 });
  onTestFinished(() => store.close());
  const channel = "demo:worker" as ChannelName;
  await store.append(Array.from({ length: messages }, (_, at) => ({ channel, sender: "ann", content: `word ${at}` })));
  const answered: string[] = [];
  const search = async (text: string) => {
    const page = await store.search(parseQuery(text, 0), everything, newest, 10);
    answered.push(`${text}: ${page.messages.length}`);
  };
  await Promise.all([search('"0 word"'), search("in:demo:worker")]);
  expect(answered).toEqual(["in:demo:worker: 10", '"0 word": 0']);
});
