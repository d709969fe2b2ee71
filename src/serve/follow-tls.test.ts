import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigError } from "../config.ts";
import { type FollowedTls, followTls } from "./follow-tls.ts";

const old = { cert: "old", key: "old" };
const renewed = { cert: "new", key: "new" };
const minuteMs = 60_000;

let folder: string;
let read: () => typeof old;
let used: unknown[];
let errors: unknown[];
let followed: FollowedTls;

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), "claude-bridge-follow-"));
  read = () => old;
  [used, errors] = [[], []];
  const log = { info: () => undefined, error: (details: object) => void errors.push(details) };
  followed = followTls({ paths: [join(folder, "cert.pem")], pair: old, read: () => read(), log });
  followed.follow((pair) => used.push(pair));
});
afterEach(() => {
  followed.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const refuse = (reason: string) => () => {
  throw new ConfigError(reason);
};

describe("a certificate that the file system tells nothing about", () => {
  it("is looked for every minute", () => {
    vi.advanceTimersByTime(minuteMs);
    expect(used).toEqual([old]);
    read = () => renewed;
    vi.advanceTimersByTime(minuteMs);
    expect([used, followed.inForce()]).toEqual([[old, renewed], renewed]);
  });

  it("is complained about once while it stays broken, and again when it is otherwise broken", () => {
    read = refuse("absent");
    vi.advanceTimersByTime(3 * minuteMs);
    read = refuse("no certificate");
    vi.advanceTimersByTime(3 * minuteMs);
    expect(errors).toEqual([{ reason: "absent" }, { reason: "no certificate" }]);
    expect([used, followed.inForce()]).toEqual([[old], old]);
  });

  it("is no longer looked for once the bridge has closed", () => {
    followed.close();
    read = () => renewed;
    vi.advanceTimersByTime(minuteMs);
    expect(used).toEqual([old]);
  });
});
