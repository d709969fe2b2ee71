import type { Page } from "playwright-core";
import { connect } from "../../../src/client/index.ts";
import { post, serve } from "../../support/face.ts";
import { startBreakableWay } from "../breakable-way.ts";
import { bearer, signInLink, token } from "../sign-in.ts";
import type { Scene, Stage } from "./scene.ts";
import { nothingTold, tellStory } from "./story.ts";

/** What a page says when something is the matter. Each is brought about by what would bring it about. */

const channelPath = "/c/payments%3Aworker";
const firstMessage = (page: Page) => page.getByText(/Run the payments test suite/).first();

/** The story, behind a way that can be cut. */
async function behindWay(): Promise<Stage> {
  const served = await serve();
  const told = await tellStory(served.url);
  const way = await startBreakableWay(served.url);
  const close = async () => {
    await way.close();
    await served.close();
  };
  return { url: way.url, told, close, served, way };
}

async function askingWho(): Promise<Stage> {
  const served = await serve({ token });
  const told = await tellStory(served.url, token);
  return { url: served.url, told, close: () => served.close(), served };
}

async function reconnecting(page: Page, { way }: Stage): Promise<void> {
  const lost = page.getByText(/Messages are safe on the bridge/).first();
  if (!(await lost.isVisible())) {
    await firstMessage(page).waitFor();
    await way?.cut();
  }
  await lost.waitFor();
}

async function signedOut(page: Page, { served }: Stage): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Signed out" });
  if (await dialog.isVisible()) return;
  await page.goto(await signInLink(served));
  await page.getByRole("button", { name: /^Signed in as/ }).waitFor();
  await page.goto(served.url + channelPath);
  await firstMessage(page).waitFor();
  const admin = connect({ url: served.url, token });
  for (const { id } of await admin.browsers()) await admin.revokeBrowser(id);
  await dialog.waitFor();
}

async function viewOnly(page: Page, { served }: Stage): Promise<void> {
  const words = page.getByText("View only").first();
  if (await words.isVisible()) return;
  const invitation = { kind: "person", read_only: true, name: `guest-${performance.now()}` };
  const { code } = (await (await post(`${served.url}/api/invitations`, invitation, bearer)).json()) as { code: string };
  await page.getByLabel("Join code").fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
  await firstMessage(page).waitFor();
  await words.waitFor();
}

async function screenFailure(page: Page, { url }: Stage): Promise<void> {
  const words = page.getByRole("alert").getByText("This screen cannot be shown");
  if (await words.isVisible()) return;
  await page.route("**/assets/health-screen*.js", (route) => route.abort("failed"));
  await page.goto(`${url}/health`);
  await words.waitFor();
}

/** Nobody answers any more, and this browser has seen nothing yet. */
async function unanswered(page: Page): Promise<void> {
  await page
    .getByText(/does not answer/)
    .first()
    .waitFor();
}

const state = (name: string, open: Scene["open"], play: Scene["play"], isBroken = false): Scene => ({
  name,
  open,
  path: () => channelPath,
  play,
  isBroken,
});

export const states: readonly Scene[] = [
  state("reconnecting", behindWay, reconnecting, true),
  state("signed-out", askingWho, signedOut, true),
  state("view-only", askingWho, viewOnly),
  state("screen-failure", behindWay, screenFailure, true),
  {
    ...state("unanswered", async () => ({ ...(await behindWay()), told: nothingTold }), unanswered, true),
    prepare: (page) => page.route(/\/(api|status|events)/, (route) => route.abort("connectionrefused")),
  },
];
