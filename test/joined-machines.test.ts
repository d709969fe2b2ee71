import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type BridgeHome,
  bridgeHome,
  credentialFile,
  headersOf,
  type Invited,
  pair,
  send,
  whoami,
} from "./support/bridge-home.ts";
import { cleanUp } from "./support/cli.ts";
import { openStream } from "./support/stream.ts";

let mac: BridgeHome;
let win: BridgeHome;
beforeEach(() => {
  mac = bridgeHome();
  win = bridgeHome();
});
afterEach(cleanUp);

describe("a machine that has joined", () => {
  it("is listed, renamed, and stays who it is", async () => {
    const { url } = await mac.startRelay();
    const { principal } = await pair(mac, win, { name: "win" });
    await send(url, await headersOf(win));
    expect((await mac.run("rename", "win", "build-server")).stdout).toBe(
      "win is now called build-server; what it was sent as win stays so\n",
    );
    const { principals } = await mac.ask<{ principals: object[] }>("machines");
    expect(principals).toEqual([expect.objectContaining({ id: principal.id, name: "build-server", kind: "machine" })]);
    expect((await mac.run("machines")).stdout).toMatch(
      /^NAME {10}KIND .+\nbuild-server {2}machine +\d{4}-\d\d-\d\d \d\d:\d\d \S+ /,
    );
    expect(await (await send(url, await headersOf(win))).json()).toMatchObject({ sender: "build-server/worker" });
  });

  it("is cut off when it is revoked, also where it listens", async () => {
    const { url } = await mac.startRelay();
    await pair(mac, win, { name: "win" });
    const headers = await headersOf(win);
    const stream = await openStream(`${url}/events?channels=*`, headers);
    const wait = fetch(`${url}/api/wait?channel=a:b&consumer_id=win&timeout_seconds=50`, { headers });
    expect(await mac.run("revoke", "win")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("win is cut off"),
    });
    expect(await stream.take(2)).toMatchObject([{ event: "revoked" }]);
    expect((await wait).status).toBe(401);
    expect((await whoami(url, headers)).status).toBe(401);
    expect(await win.run("status")).toMatchObject({ code: 4, stdout: "" });
    expect(await mac.run("revoke", "win")).toMatchObject({ code: 3 });
  });

  it("gets a new secret without being away for a moment", async () => {
    const { url } = await mac.startRelay();
    await pair(mac, win, { name: "win" });
    const before = await headersOf(win);
    const stream = await openStream(`${url}/events?channels=*`, before);
    expect(await win.run("token", "rotate", "--grace", "1h")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^This machine has a new secret for \S+; the old one is good until .+\n$/),
    });
    const after = await headersOf(win);
    expect(after).not.toEqual(before);
    expect([(await whoami(url, before)).status, (await send(url, after)).status]).toEqual([200, 200]);
    expect(await stream.take(1)).toMatchObject([{ event: "message" }]);
    stream.close();
    expect(await win.run("token", "rotate", "--grace", "0s")).toMatchObject({ code: 0 });
    expect([(await whoami(url, before)).status, (await whoami(url, after)).status]).toEqual([401, 401]);
    expect((await whoami(url, await headersOf(win))).status).toBe(200);
  });

  it("of several bridges asks the one that it uses", async () => {
    const pi = bridgeHome();
    await mac.startRelay();
    await pi.startRelay();
    const [{ code, urls }, { code: code2, urls: urls2 }] = [
      await mac.ask<Invited>("invite"),
      await pi.ask<Invited>("invite"),
    ];
    await win.ask("join", urls[0] ?? "", code, "--name", "win", "--as", "mac");
    await win.ask("join", urls2[0] ?? "", code2, "--name", "win", "--as", "pi");
    expect(await win.ask("status")).toMatchObject({ bridge: "pi", place: urls2[0] });
    expect(await win.run("use", "mac")).toMatchObject({ code: 0 });
    expect(await win.ask("status")).toMatchObject({ bridge: "mac", place: urls[0] });
    expect(await win.ask("status", "--bridge", "pi")).toMatchObject({ bridge: "pi" });
    expect(await headersOf(win, "pi")).not.toEqual(await headersOf(win, "mac"));
    expect((await win.run("use")).stdout).toMatch(/^ +BRIDGE +URL .+\n\* +mac .+\n +pi .+\n$/);
    expect(await win.run("use", "gone")).toMatchObject({ code: 3 });
    expect(readFileSync(credentialFile(win), "utf8")).toContain('"current": "mac"');
  });
});
