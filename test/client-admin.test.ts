import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../src/client/index.ts";
import { quickly } from "./support/client.ts";
import { tokenFor } from "./support/credentials.ts";
import { post, type Served, serve } from "./support/face.ts";

/** What the typed client does for whoever administers a bridge. */

const token = "s3cret-token";

let served: Served;
beforeEach(async () => {
  served = await serve({ token });
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const admin = () => connect({ url: served.url, token, ...quickly });

async function join(code: string, name: string): Promise<string> {
  const response = await post(`${served.url}/api/join`, { code, name });
  return ((await response.json()) as { readonly token: string }).token;
}

describe("an administrator", () => {
  it("invites a machine, sees it come, renames it and cuts it off", async () => {
    const { id, code, words } = await admin().invite();
    expect(words).toMatch(/^\w+-\w+-\w+-\w+$/);
    expect(await admin().invitations()).toMatchObject([{ id, state: "out", kind: "machine", usedBy: undefined }]);

    const machine = connect({ url: served.url, token: await join(code, "win"), ...quickly });
    expect(await machine.whoAmI()).toMatchObject({ kind: "machine", name: "win", isVerified: true });
    const [principal] = await admin().principals();
    expect(await admin().invitations()).toMatchObject([{ id, state: "used", usedBy: principal?.id }]);
    expect(principal).toMatchObject({ name: "win", credentials: 1, revokedAt: undefined });
    expect(await admin().credentials()).toMatchObject([{ principal: principal?.id, secrets: 1, channels: ["*"] }]);

    expect(await admin().rename("win", "win-desktop")).toMatchObject({ id: principal?.id, name: "win-desktop" });
    expect(await admin().revoke(principal?.id ?? "")).toMatchObject({ credentials: 0 });
    await expect(machine.whoAmI()).rejects.toMatchObject({ code: "unauthorized" });
    const events = (await admin().audit()).map(({ event }) => event);
    expect(events).toEqual(expect.arrayContaining(["principal_revoke", "principal_rename", "join", "invite"]));
  });

  it("takes a code back, and nobody joins with it", async () => {
    const { id, code } = await admin().invite({ ttlSeconds: 60 });
    expect(await admin().revokeInvitation(id)).toMatchObject({ id, state: "revoked" });
    expect((await post(`${served.url}/api/join`, { code, name: "win" })).status).toBe(401);
  });

  it("reads the audit from a place on", async () => {
    await admin().invite();
    await admin().invite();
    const [newest, before] = await admin().audit({ limit: 2 });
    expect(newest).toMatchObject({ event: "invite", principal: "shared" });
    expect(await admin().audit({ after: before?.n })).toEqual([newest]);
  });

  it("signs a browser in by a code, sees it and signs it out", async () => {
    const response = await post(`${served.url}/api/session`, { code: await admin().signInCode() });
    expect(response.status).toBe(200);
    const [browser] = await admin().browsers();
    expect(browser?.principal).toMatchObject({ kind: "person", name: "you" });
    await admin().revokeBrowser(browser?.id ?? "");
    expect(await admin().browsers()).toEqual([]);
  });
});

it("refuses whoever has no right to administer", async () => {
  const { token: own } = await tokenFor(served.bridge, "mac");
  const machine = connect({ url: served.url, token: own, ...quickly });
  expect((await machine.whoAmI()).permissions).not.toContain("admin");
  await expect(machine.principals()).rejects.toMatchObject({ code: "forbidden" });
  await expect(machine.invite()).rejects.toMatchObject({ code: "forbidden" });
});

it("says where others reach the bridge", async () => {
  const urls = ["http://192.0.2.7:8765"];
  const reachable = await serve({ token, about: { remoteUrls: () => urls } });
  expect((await connect({ url: reachable.url, token }).invite()).urls).toEqual(urls);
  await reachable.close();
});
