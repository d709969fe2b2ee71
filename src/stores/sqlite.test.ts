import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeStore } from "../testing/store-contract.ts";
import { openSqliteStore } from "./sqlite.ts";

async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
  return { path: join(folder, "bridge.db"), teardown: () => rm(folder, { recursive: true }) };
}

describeStore("sqlite in memory", async (options) => {
  const store = await openSqliteStore({ path: ":memory:", ...options });
  return { here: store, there: store };
});

describeStore("sqlite in a file", async (options) => {
  const { path, teardown } = await newFolder();
  const store = await openSqliteStore({ path, ...options });
  return { here: store, there: store, teardown };
});

describeStore("sqlite in a file of its own", async (options) => {
  const { path, teardown } = await newFolder();
  const store = await openSqliteStore({ path, exclusive: true, ...options });
  return { here: store, there: store, teardown };
});

describeStore("sqlite in a file with two connections", async (options) => {
  const { path, teardown } = await newFolder();
  const here = await openSqliteStore({ path, ...options });
  const there = await openSqliteStore({ path, ...options });
  return { here, there, teardown };
});

describeStore("sqlite that indexes every message", async (options) => {
  const store = await openSqliteStore({ path: ":memory:", indexBatch: 1, ...options });
  return { here: store, there: store };
});
