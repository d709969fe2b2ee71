import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { routes } from "../src/faces/http/routes.ts";
import { paths } from "../src/operations/paths.ts";
import { operations } from "../src/operations/index.ts";
import { type BridgeHome, bridgeHome } from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";
import { post } from "./support/face.ts";

let home: BridgeHome;
/** Where the relay of the first start was; with none running now, nobody answers there. */
let url: string;
beforeEach(() => {
  home = bridgeHome();
});
afterEach(cleanUp);

interface Token {
  readonly id: string;
  readonly token: string;
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const whoami = (token: string) => fetch(`${url}/api/whoami`, { headers: bearer(token) });

it("commands ask where the HTTP API has their operations", () => {
  const known = routes.map(({ method, path, operation }) => `${operation.name} ${method} ${path}`);
  const asked = Object.entries(paths).map(([name, { method, path }]) => `${name} ${method} ${path}`);
  expect(asked.filter((place) => !known.includes(place))).toEqual([]);
  expect(Object.keys(paths).filter((name) => !Object.hasOwn(operations, name))).toEqual([]);
});

describe.each(["beside a relay", "without one"])("%s", (where) => {
  beforeEach(async () => {
    const relay = await home.startRelay();
    url = relay.url;
    if (where === "beside a relay") return;
    relay.kill("SIGTERM");
    await relay.exit;
  });

  it("tokens are made once, listed without their secret, rotated and revoked", async () => {
    const made = await home.run(
      "token",
      "create",
      "ci",
      "--kind",
      "service",
      "--permissions",
      "read",
      "--expires",
      "90d",
    );
    expect(made.stdout).toMatch(/^cbr_\w{10}_[\w-]{51}\n$/);
    expect(made.stderr).toMatch(/^credential \w{10} of ci; it is shown only this once\n$/);
    const id = made.stdout.split("_")[1] ?? "";

    const { tokens } = await home.ask<{ tokens: object[] }>("token", "list");
    expect(tokens).toMatchObject([
      { id, principal: { name: "ci", kind: "service" }, permissions: ["read"], secrets: 1 },
    ]);
    expect(JSON.stringify(tokens)).not.toContain(made.stdout.trim());
    expect((await home.run("token", "list")).stdout).toMatch(new RegExp(`^ID .+\n${id} +ci +read +\\* +never `));

    expect(await home.ask<Token>("token", "rotate", id)).toMatchObject({
      id,
      token: expect.stringContaining(`cbr_${id}_`),
    });
    expect(await home.ask("token", "revoke", id)).toMatchObject({ token: { id, revoked_at: expect.any(String) } });
    expect((await home.run("token", "list")).stderr).toMatch(/^there are no credentials yet/);
    expect(await home.ask("token", "list", "--all")).toMatchObject({ tokens: [{ id }] });
    expect(await home.run("token", "revoke", "nobody0000")).toMatchObject({ code: 3, stdout: "" });
  });

  it("a token goes into a file, and not on top of another", async () => {
    const path = join(home.folder, "ci.token");
    const { code, stdout } = await home.run("token", "create", "ci", "--token-file", "ci.token");
    expect([code, stdout, statSync(path).mode & 0o777]).toEqual([0, `${path}\n`, 0o600]);
    expect(readFileSync(path, "utf8")).toMatch(/^cbr_\w{10}_[\w-]{51}\n$/);
    expect(await home.run("token", "create", "cd", "--token-file", "ci.token")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: could not write the token: EEXIST/),
    });
  });

  it("rules are set, listed and taken back", async () => {
    await home.ask("token", "create", "ci");
    expect(await home.ask("acl", "default", "deny")).toMatchObject({ default: "deny" });
    expect((await home.run("acl", "allow", "ci", "payments:*,general")).stdout).toMatch(
      /^\w+: ci may read, write, claim in payments:\*, general\n$/,
    );
    const { rules } = await home.ask<{ rules: { id: string }[] }>("acl", "list");
    expect((await home.run("acl", "list")).stdout).toMatch(
      /^deny: .+\nID .+\n\w+ +ci +read,write,claim +payments:\*,general\n$/,
    );
    expect(await home.run("acl", "remove", rules[0]?.id ?? "")).toMatchObject({ code: 0 });
    expect(await home.ask("acl", "list")).toMatchObject({ default: "deny", rules: [] });
    expect(await home.run("acl", "allow", "nobody", "a:b")).toMatchObject({ code: 3 });
    expect(await home.run("acl", "default", "maybe")).toMatchObject({ code: 2, stdout: "" });
  });

  it("channels and senders are frozen and thawed", async () => {
    await home.ask("token", "create", "ci");
    expect(await home.run("freeze", "a:b", "--reason", "a loop")).toMatchObject({ code: 0 });
    expect(await home.run("freeze", "--machine", "ci")).toMatchObject({ code: 0 });
    expect((await home.run("freezes")).stdout).toMatch(/^WHAT .+\n[^]*^a:b +a loop /m);
    expect(await home.run("unfreeze", "a:b")).toMatchObject({ code: 0, stdout: "a:b is no longer frozen\n" });
    expect(await home.run("unfreeze", "a:b")).toMatchObject({ code: 3 });
    expect(await home.run("freeze")).toMatchObject({ code: 2 });
  });

  it("rules on what wakes whom are made, listed in the order in which they are asked, and removed", async () => {
    expect(await home.run("wake", "set", "mac/*", "payments:*", "never")).toMatchObject({ code: 0 });
    const made = await home.ask<{ rule: { id: string } }>("wake", "set", "mac/reviewer", "payments:*", "always");
    expect((await home.run("wake", "list")).stdout).toMatch(
      /^ID .+\n.+ mac\/reviewer .+ always\n.+ mac\/\* .+ never\n$/,
    );
    expect(await home.run("wake", "remove", made.rule.id)).toMatchObject({ code: 0 });
    expect(await home.run("wake", "remove", made.rule.id)).toMatchObject({ code: 3 });
    expect(await home.run("wake", "set", "mac/*", "payments:*", "sometimes")).toMatchObject({ code: 2 });
  });

  it("a channel is cleared when somebody is sure, and the clear is undone", async () => {
    expect(await home.run("clear", "a:b")).toMatchObject({ code: 2, stderr: expect.stringMatching(/give --yes/) });
    expect(await home.run("clear", "a:b", "--yes")).toMatchObject({ code: 0, stdout: "0 messages deleted from a:b\n" });
    expect(await home.run("undo", "94157a1d-c423-8c86-8000-000000000007")).toMatchObject({ code: 3, stdout: "" });
  });

  it("the audit has every change, follows from row to row, and can be held against an older hash", async () => {
    await home.ask("token", "create", "ci");
    const { hash } = await home.ask<{ hash: string }>("audit", "verify");
    await home.ask("acl", "default", "deny");
    expect(await home.ask("audit", "verify", "--head", hash)).toMatchObject({ whole: true, head_found: true });
    expect(await home.run("audit", "verify", "--head", "0".repeat(64))).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^no row has the hash 0{64}/),
    });
    expect(await home.run("audit", "verify", "--head", "x")).toMatchObject({ code: 2, stdout: "" });
    const { stdout } = await home.run("audit", "export");
    const rows = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ v, n, event }) => [v, n, event])).toEqual([
      [1, 1, "token_create"],
      [1, 2, "policy_set"],
    ]);
    expect((await home.run("audit", "list", "--limit", "1")).stdout).toMatch(/^N .+\n2 +\d{4}-.+ policy_set +local /);
  });

  it("status says which bridge it is, and who one is there", async () => {
    expect(await home.ask("status")).toMatchObject({
      principal: { id: "local" },
      permissions: expect.arrayContaining(["admin"]),
    });
    expect((await home.run("status")).stdout).toMatch(
      where === "beside a relay" ? /^bridge {3}http:\/\/localhost:\d+\n/ : /^bridge {3}\S+claude-bridge\.db\n/,
    );
  });
});

describe("with a relay", () => {
  beforeEach(async () => {
    ({ url } = await home.startRelay());
  });

  it("what a command changes holds at once", async () => {
    const { token, id } = await home.ask<Token>("token", "create", "ci");
    expect((await whoami(token)).status).toBe(200);
    const { token: next } = await home.ask<Token>("token", "rotate", id);
    expect([(await whoami(token)).status, (await whoami(next)).status]).toEqual([200, 200]);
    await home.ask("freeze", "a:b");
    const sent = await post(`${url}/api/send`, { channel: "a:b", sender: "x", content: "hello" }, bearer(next));
    expect(sent.status).toBe(423);
    await home.ask("token", "revoke", id);
    expect([(await whoami(token)).status, (await whoami(next)).status]).toEqual([401, 401]);
  });

  it("open prints a link that signs one browser in, which is listed and signed out", async () => {
    const { code, stdout } = await home.run("open");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^http:\/\/localhost:\d+\/#signin=[\w-]{22}\n$/)]);
    const body = { code: stdout.trim().split("=")[1] };
    const signedIn = await post(`${url}/api/session`, body);
    const [cookie = ""] = signedIn.headers.getSetCookie();
    expect(cookie).toMatch(/^claude_bridge_session=.+HttpOnly/);
    expect((await post(`${url}/api/session`, body)).status).toBe(401);
    const { sessions } = await home.ask<{ sessions: { id: string }[] }>("sessions", "list");
    expect((await home.run("sessions", "list")).stdout).toMatch(/^ID .+\n\w+ +you /);
    expect(await home.run("sessions", "revoke", sessions[0]?.id ?? "")).toMatchObject({ code: 0 });
    expect(await home.ask("sessions", "list")).toMatchObject({ sessions: [] });
  });

  it("another machine administers it with a credential that allows it, and not with another", async () => {
    const { token } = await home.ask<Token>("token", "create", "admin", "--permissions", "admin,read");
    const { token: plain } = await home.ask<Token>("token", "create", "plain");
    const remote = (secret: string) => bridgeHome({ env: { CLAUDE_BRIDGE_URL: url, CLAUDE_BRIDGE_TOKEN: secret } });
    expect(await remote(token).ask("machines")).toMatchObject({
      principals: expect.arrayContaining([expect.anything()]),
    });
    expect(await remote(plain).run("machines")).toMatchObject({ code: 4, stdout: "" });
    expect(await remote("cbr_wrong").run("machines")).toMatchObject({ code: 4, stdout: "" });
    expect(await remote(plain).run("auth", "header")).toMatchObject({
      stdout: `{"Authorization":"Bearer ${plain}"}\n`,
    });
  });

  it("names cannot speak to the terminal", async () => {
    await home.ask("freeze", "a:b", "--reason", "\u{1b}[31mred\u{202e}");
    expect((await home.run("freezes")).stdout).toContain("\\u{1b}[31mred\\u{202e}");
  });
});

it("--quiet leaves only what was asked for, and errors", async () => {
  const home = bridgeHome({ env: { CLAUDE_BRIDGE_SENDER: "ada" } });
  await home.startRelay();
  await home.run("send", "a:b", "hello");
  expect(await home.run("machines", "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await home.run("open", "-q")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^http/), stderr: "" });
  const { stdout, stderr } = await home.run("clear", "a:b", "--yes", "-q");
  expect({ stdout, stderr }).toEqual({ stdout: "1 message deleted from a:b\n", stderr: "" });
  expect((await home.run("clear", "-q")).stderr).toMatch(/^error: /);
});

describe("the file beside the database", () => {
  it("is its owner's alone, and goes with the relay", async () => {
    const relay = await home.startRelay();
    const path = `${relay.facts.db}.relay.json`;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    relay.kill("SIGTERM");
    await relay.exit;
    expect(existsSync(path)).toBe(false);
  });

  it("that a killed relay has left misleads nobody, also when another bridge has its port", async () => {
    const killed = await home.startRelay();
    killed.kill("SIGKILL");
    await killed.exit;
    expect(await home.ask("status")).toMatchObject({ place: killed.facts.db });
    await bridgeHome().startRelay("--port", String(killed.facts.port));
    expect(await home.ask("status")).toMatchObject({ place: killed.facts.db });
  });

  it("lets commands in where only one process may have the database", async () => {
    const old = `Object.defineProperty(process,"versions",{value:{...process.versions,sqlite:"3.50.0"}})`;
    const exclusive = bridgeHome({ node: ["--import", `data:text/javascript,${encodeURIComponent(old)}`] });
    await exclusive.startRelay();
    expect(await exclusive.ask("token", "create", "ci")).toMatchObject({ principal: { name: "ci" } });
    expect(await exclusive.ask("machines")).toMatchObject({ principals: [{ name: "ci" }] });
  });
});

describe("no bridge", () => {
  it.each([["machines"], ["invite"], ["status"], ["auth", "header"], ["audit", "list"]])(
    "%s: says so, and makes none",
    async (...args) => {
      expect(await home.run(...args)).toMatchObject({
        code: 3,
        stdout: "",
        stderr: expect.stringMatching(/^error: there is no bridge here: .+\n {2}fix: .+\n$/),
      });
      expect(existsSync(join(home.folder, "claude-bridge.db"))).toBe(false);
      expect(await home.run(...args, "--db", "absent.db", "--json")).toMatchObject({ code: 3, stdout: "" });
    },
  );
});

it("what a command has cleared, a command brings back", async () => {
  const relay = await home.startRelay();
  await post(`${relay.url}/api/send`, { channel: "a:b", sender: "me", content: "hello" });
  const { id, cleared } = await home.ask<{ id: string; cleared: number }>("clear", "a:b", "--yes");
  expect(cleared).toBe(1);
  expect(await home.run("undo", id)).toMatchObject({ code: 0, stdout: "1 message is back in a:b\n" });
  expect(await home.run("undo", id)).toMatchObject({ code: 8, stdout: "" });
});
