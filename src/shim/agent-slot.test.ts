import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roleOf, RoleTaken, takeSlot } from "./agent-slot.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bridge-slots-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

let now = 0;
const clock = { now: () => ++now };
/** No process has an id as large as that. */
const dead = 2 ** 30;
const living = process.ppid;
const take = (pid: number, project = "/home/me/payments") => takeSlot({ folder, project, pid, clock });

describe("the name of an agent", () => {
  it("is its folder's, and beside a living session another", async () => {
    expect((await take(living)).role()).toBe("payments");
    expect((await take(process.pid)).role()).toBe("payments-2");
  });

  it("comes back with the next session, the one that was used last first", async () => {
    await (await take(dead)).setRole("first");
    expect((await take(process.pid)).role()).toBe("first");
    expect((await take(dead + 1)).role()).toBe("payments");
    expect((await take(dead + 2)).role()).toBe("payments");
  });

  it("is one of each, also when sessions start at once", async () => {
    const slots = await Promise.all([take(living), take(process.pid)]);
    expect(new Set(slots.map((slot) => slot.role())).size).toBe(2);
  });

  it("belongs to its folder", async () => {
    await (await take(dead)).setRole("reviewer");
    expect((await take(process.pid, "/home/me/other")).role()).toBe("other");
  });

  it("can be chosen, if it is a word that no living session of the folder has", async () => {
    await (await take(living)).setRole("worker");
    const slot = await take(process.pid);
    await expect(slot.setRole("worker")).rejects.toThrow(RoleTaken);
    await expect(slot.setRole("two words")).rejects.toThrow(RangeError);
    await slot.setRole("reviewer");
    expect(slot.role()).toBe("reviewer");
  });

  it.each([
    ["/home/me/My Project!", "My-Project"],
    ["/srv/.config", "config"],
    ["/", "agent"],
    ["/srv/größe", "größe"],
    [`/srv/${"x".repeat(200)}`, "x".repeat(30)],
  ])("is made of the folder %s: %s", (project, role) => {
    expect(roleOf(project)).toBe(role);
  });
});
