import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announceRelay, findRunningRelay, type RunningRelay } from "./running-relay.ts";

let folder: string;
let db: string;
let server: Server;
let relay: RunningRelay;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "claude-bridge-relay-"));
  db = join(folder, "a.db");
  const status = { service: "claude-bridge", status: "online", version: "1.0.0" };
  server = createServer((_request, response) => response.end(JSON.stringify(status)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  relay = { url: `http://127.0.0.1:${port}`, remote: [], pid: 1, version: "1.0.0", token: "s3cret" };
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe("the file beside the database", () => {
  it("says where the relay is, to its owner alone, while it runs", async () => {
    const announced = announceRelay(db, relay);
    expect(statSync(`${db}.relay.json`).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
    expect(await findRunningRelay(db)).toEqual(relay);
    announced.withdraw();
    expect(existsSync(`${db}.relay.json`)).toBe(false);
    expect(await findRunningRelay(db)).toBeUndefined();
  });

  it("means nothing when nobody answers at its address", async () => {
    announceRelay(db, relay);
    await new Promise((resolve) => server.close(resolve));
    expect(await findRunningRelay(db)).toBeUndefined();
  });

  it("stays when another relay has written its own since", async () => {
    const first = announceRelay(db, relay);
    announceRelay(db, { ...relay, token: "another" });
    first.withdraw();
    expect(await findRunningRelay(db)).toMatchObject({ token: "another" });
  });

  it("is not believed when it is broken, or others may have written it", async () => {
    announceRelay(db, relay);
    chmodSync(`${db}.relay.json`, 0o666);
    expect(await findRunningRelay(db)).toEqual(process.platform === "win32" ? relay : undefined);
    chmodSync(`${db}.relay.json`, 0o600);
    writeFileSync(`${db}.relay.json`, "{");
    expect(await findRunningRelay(db)).toBeUndefined();
  });
});
