import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { operations } from "../../src/operations/index.ts";
import { openSqliteStore } from "../../src/stores/sqlite.ts";
import { bearer, tokenFor } from "../support/credentials.ts";
import { post, type Served, serve } from "../support/face.ts";
import { openStream } from "../support/stream.ts";
import { enter } from "./faces.ts";

const source = { principal: "local" };

let folder: string;
let served: Served;
let lines: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "claude-bridge-secrets-"));
  lines = [];
  const write = (details: object, message: string) => void lines.push(`${message} ${JSON.stringify(details)}`);
  const log = { error: write, warn: write, info: write, debug: write };
  const store = await openSqliteStore({ path: join(folder, "bridge.db") });
  served = await serve({ store, log, access: { log } });
});
afterEach(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The part of a token that nobody may see: its id and its form are no secret. */
const secretIn = (token: string) => token.slice("cbr_0123456789_".length, -8);

it("no secret is in an answer, in the log, in the audit or in the database", async () => {
  const { access } = served.bridge;
  const admin = await tokenFor(served.bridge, "boss", { permissions: ["read", "admin"] });
  const mac = await tokenFor(served.bridge, "mac");
  const rotated = await access.tokens.rotate(mac.row.id, 0, source);
  const gone = await tokenFor(served.bridge, "gone");
  await access.tokens.revoke(gone.row.id, source);
  const tokens = [admin.token, mac.token, rotated.token, gone.token];
  const said: string[] = [];

  for (const token of tokens) {
    for (const given of [token, `${token}x`, token.slice(0, -1), token.toUpperCase()]) {
      for (const path of ["/api/state", "/api/tokens", "/api/audit", "/api/whoami", `/nowhere?token=${given}`]) {
        const response = await fetch(`${served.url}${path}`, { headers: bearer(given) });
        said.push(JSON.stringify([...response.headers]) + (await response.text()));
      }
      const stream = await openStream(`${served.url}/events/channel/a?token=${given}`);
      said.push(JSON.stringify([...stream.response.headers]));
      stream.close();
      const body = { channel: "a", sender: "x", reply_to: "\u0000", content: "c" };
      said.push(await (await post(`${served.url}/api/send`, body, bearer(given))).text());
    }
  }
  const wayIn = await enter("MCP over HTTP+SSE", served.url, rotated.token);
  said.push((await wayIn.call(operations.clear, { channel: "a" })).text);
  await wayIn.close();
  await served.close();

  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
  expect(said.length).toBeGreaterThan(100);
  for (const token of tokens) {
    const secret = secretIn(token);
    expect(secret).toHaveLength(43);
    expect(said.filter((text) => text.includes(secret))).toEqual([]);
    expect(lines.filter((text) => text.includes(secret))).toEqual([]);
    expect(files.filter((text) => text.includes(secret))).toEqual([]);
  }
});

it("whoever changes a row of the audit is found out", async () => {
  const admin = await tokenFor(served.bridge, "boss", { permissions: ["admin"] });
  await tokenFor(served.bridge, "mac");
  const verify = async () =>
    (await fetch(`${served.url}/api/audit/verify`, { headers: bearer(admin.token) })).json() as Promise<object>;
  expect(await verify()).toMatchObject({ whole: true, rows: 2, last: 2 });
  const database = new DatabaseSync(join(folder, "bridge.db"));
  database.exec("UPDATE audit_trail SET principal = 'somebody-else' WHERE n = 2");
  database.close();
  expect(await verify()).toEqual({ whole: false, broken_at: 2, reason: "the row is not what was written" });
});
