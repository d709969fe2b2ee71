import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginning, type ChannelName } from "../../core/message.ts";
import { only } from "../../core/scope.ts";
import type { Store } from "../../core/store.ts";
import { openSqliteStore } from "../sqlite.ts";
import { createBallast } from "./ballast.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claude-bridge-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size;

describe("the ballast", () => {
  const path = () => join(folder, "bridge.db");
  const file = () => join(folder, "bridge.db-ballast");

  it("takes up room until it is released", async () => {
    const ballast = createBallast(path(), 3_000_000);
    expect(ballast.release()).toBe(false);
    await ballast.restore();
    expect(sizeOf(file())).toBe(3_000_000);
    expect(ballast.release()).toBe(true);
    expect([sizeOf(file()), ballast.isReleased()]).toEqual([undefined, true]);
    expect(ballast.release()).toBe(false);
  });

  it("comes back, but not at once", async () => {
    const ballast = createBallast(path(), 1000);
    await ballast.restore();
    ballast.release();
    await ballast.restore();
    expect(ballast.isReleased()).toBe(true);
    await expect.poll(() => ballast.restore().then(() => ballast.isReleased())).toBe(false);
    expect(sizeOf(file())).toBe(1000);
  });

  it("is done without where there is no room for it", async () => {
    const ballast = createBallast(join(folder, "absent", "bridge.db"), 1000);
    await ballast.restore();
    expect([ballast.release(), ballast.isReleased()]).toEqual([false, false]);
  });
});

describe.skipIf(process.platform !== "linux" || process.getuid?.() !== 0)("on a full disk (a tmpfs, for root)", () => {
  const name = "demo:worker" as ChannelName;
  let disk: string;
  let store: Store;

  beforeEach(async () => {
    disk = join(folder, "disk");
    mkdirSync(disk);
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", disk]).status).toBe(0);
    store = await openSqliteStore({ path: join(disk, "bridge.db") });
    await expect.poll(() => sizeOf(join(disk, "bridge.db-ballast")), { timeout: 5000 }).toBeGreaterThan(8_000_000);
  });

  afterEach(async () => {
    await store.close();
    spawnSync("umount", [disk]);
  });

  const send = (count: number) =>
    store.append(Array.from({ length: count }, () => ({ channel: name, sender: "ann", content: "x".repeat(1000) })));

  /** Another program's file takes what is left. */
  function fill(): void {
    const filler = openSync(join(disk, "filler"), "w");
    expect(() => {
      for (;;) writeSync(filler, Buffer.alloc(4096));
    }).toThrow(/ENOSPC/);
    closeSync(filler);
  }

  it("messages are refused, what is there is read, and a clear makes room again", async () => {
    const full = expect.objectContaining({ code: "store_full", retryable: true });
    await expect(
      (async () => {
        for (;;) await send(100);
      })(),
    ).rejects.toEqual(full);
    fill();
    const { messages } = await store.totals();
    expect(messages).toBeGreaterThan(10_000);
    expect(await store.read(only(name), beginning, 10)).toHaveLength(10);
    expect(await store.clear(name)).toMatchObject({ count: messages });
    await expect(send(1)).rejects.toEqual(full);
    await expect
      .poll(() => send(1).catch((error: unknown) => error), { timeout: 10_000 })
      .toMatchObject([{ isNew: true }]);
    expect(await store.totals()).toEqual({ channels: 1, messages: 1 });
  });
});
