import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WireMessage } from "../../src/core/wire.ts";
import { type Cli, startCli } from "../support/cli.ts";
import { json } from "../support/face.ts";
import { checkDatabase } from "./check-database.ts";

const writers = 16;
const channels = ["demo:a", "demo:b", "demo:c"] as const;

let folder: string;
let relay: Cli;
let port = "0";

const db = () => join(folder, "bridge.db");
const url = (path: string) => `http://127.0.0.1:${port}${path}`;

async function start(): Promise<void> {
  relay = startCli(["--port", port, "--db", db(), "--json"], { cwd: folder });
  const [line] = await relay.printed(/^\{.*\}$/m);
  port = `${(JSON.parse(line) as { port: number }).port}`;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "relay-kill-"));
  port = "0";
  await start();
});
afterEach(async () => {
  relay.kill("SIGKILL");
  await relay.exit;
  rmSync(folder, { recursive: true });
});

/** What one writer was told is stored: its contents in the order in which it sent them, with their ids. */
type Acknowledged = Map<string, string>;

/** Sends one message after another until told to stop; a send that fails is repeated with its key, as clients do. */
async function write(writer: number, acknowledged: Acknowledged, isOver: () => boolean): Promise<void> {
  const channel = channels[writer % channels.length];
  for (let n = acknowledged.size; !isOver(); n = acknowledged.size) {
    const content = `${writer}/${n}`;
    const body = JSON.stringify({ channel, sender: `w${writer}`, content, idempotency_key: content });
    const answer = await fetch(url("/api/send"), { method: "POST", headers: json, body })
      .then((response) => response.json() as Promise<{ id?: string }>)
      .catch(() => undefined);
    if (answer?.id !== undefined) acknowledged.set(content, answer.id);
  }
}

async function readAll(channel: string): Promise<readonly WireMessage[]> {
  const messages: WireMessage[] = [];
  for (let cursor = "beginning", hasMore = true; hasMore;) {
    const query = new URLSearchParams({ channel, since_id: cursor, limit: "500", full: "1" });
    const page = (await (await fetch(url(`/api/messages?${query}`))).json()) as {
      messages: WireMessage[];
      next_cursor: string;
      has_more: boolean;
    };
    messages.push(...page.messages);
    cursor = page.next_cursor;
    hasMore = page.has_more;
  }
  return messages;
}

describe("kill -9 of the relay under 16 writers", () => {
  it("loses no acknowledged message, doubles none and keeps their order, three times on one file", async () => {
    const acknowledged = Array.from({ length: writers }, (): Acknowledged => new Map());
    const total = () => acknowledged.reduce((sum, { size }) => sum + size, 0);

    for (const _round of [1, 2, 3]) {
      let isOver = false;
      const writing = acknowledged.map((own, writer) => write(writer, own, () => isOver));
      const killAt = total() + 100 + Math.floor(Math.random() * 400);
      await expect.poll(total, { timeout: 15_000 }).toBeGreaterThanOrEqual(killAt);
      relay.kill("SIGKILL");
      await relay.exit;
      await start();
      const afterRestart = total();
      await expect.poll(total, { timeout: 15_000 }).toBeGreaterThan(afterRestart + writers);
      isOver = true;
      await Promise.all(writing);

      const stored = (await Promise.all(channels.map(readAll))).flat();
      const idOf = new Map(stored.map(({ content, id }) => [content ?? "", id]));
      expect(idOf.size).toBe(stored.length);
      for (const own of acknowledged) {
        for (const [content, id] of own) expect(idOf.get(content)).toBe(id);
        const seqs = [...own.values()].map((id) => stored.find((message) => message.id === id)?.seq ?? 0);
        expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      }
    }
    relay.kill("SIGTERM");
    expect(await relay.exit).toBe(0);
    checkDatabase(db());
  }, 90_000);
});
