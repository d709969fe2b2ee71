import type { Page } from "playwright-core";
import { connect } from "../../../src/client/index.ts";
import { serve, type ServeOptions } from "../../support/face.ts";
import { token } from "../sign-in.ts";
import type { Scene, Stage } from "./scene.ts";
import { states } from "./states.ts";
import { nothingTold, tellStory, type Told } from "./story.ts";

const onStage = async (options: ServeOptions, tell: (url: string) => Promise<Told>): Promise<Stage> => {
  const served = await serve(options);
  return { served, url: served.url, told: await tell(served.url), close: () => served.close() };
};
const tellNothing = async () => nothingTold;

const withStory = () => onStage({}, tellStory);
const empty = () => onStage({}, tellNothing);
const locked = () => onStage({ token }, tellNothing);

/** The same as `channel` with another path or something done. */
const story = (name: string, path: Scene["path"], play: Scene["play"]): Scene => ({
  name,
  open: withStory,
  path,
  play,
});
const seen = (text: string | RegExp) => (page: Page) => page.getByRole("main").getByText(text).first().waitFor();

const channel = "payments:worker";
const channelPath = () => `/c/${encodeURIComponent(channel)}`;
const inChannel = (search: string) => () => `${channelPath()}?${search}`;

/** Opens a dialog by its key, unless it stands there from the size before. */
const pressing =
  (keys: string): Scene["play"] =>
  async (page) => {
    await seen(/Run the payments test suite/)(page);
    const dialog = page.getByRole("dialog").first();
    if (!(await dialog.isVisible())) await page.keyboard.press(keys);
    await dialog.locator("input").first().waitFor();
  };

/** A message comes, and all go: also when the scene is looked at once more. */
async function clearChannel(page: Page, { served }: Stage): Promise<void> {
  const bridge = connect({ url: served.url, sender: "you" });
  await page
    .getByRole("log")
    .or(page.getByText(/nothing here|no messages/i))
    .first()
    .waitFor();
  await bridge.send({ channel, content: "That will be all." });
  await seen("That will be all.")(page);
  await bridge.clear(channel);
  await page.getByText("That will be all.").first().waitFor({ state: "detached" });
  await seen(/cleared/)(page);
}

export const scenes: readonly Scene[] = [
  { name: "first-start", open: empty, path: () => "/", play: seen(/This bridge is running/) },
  {
    name: "sign-in",
    open: locked,
    path: () => "/",
    play: (page) => page.getByRole("button", { name: "Sign in" }).waitFor(),
  },
  story("needs-you", () => "/", seen(/live sandbox key/)),
  story("channel", channelPath, seen(/Run the payments test suite/)),
  story(
    "message",
    ({ ids }) => `/m/${ids.result}`,
    (page) => page.getByRole("complementary", { name: "Message details" }).waitFor(),
  ),
  story("paused", channelPath, async (page) => {
    await seen(/Run the payments test suite/)(page);
    if (
      !(await page
        .getByText(/^Paused/)
        .first()
        .isVisible())
    )
      await page.keyboard.press("Space");
    await page
      .getByText(/^Paused/)
      .first()
      .waitFor();
  }),
  story("wire", inChannel("view=wire"), (page) => page.getByLabel("Time that is shown").waitFor()),
  story("threads", inChannel("view=threads"), seen("payments-42")),
  story("thread", () => "/t/payments-42", seen(/Run the payments test suite/)),
  story("all-messages", () => "/all", seen(/Good morning/)),
  story("search", () => "/all?q=from%3Awin%20type%3Aresult", seen(/refund_rounding/)),
  story(
    "nothing-found",
    () => "/all?q=zebra",
    (page) => page.getByRole("main").waitFor(),
  ),
  story(
    "empty-channel",
    () => "/c/new%3Aone",
    (page) => page.getByRole("main").waitFor(),
  ),
  story("cleared", channelPath, clearChannel),
  story("commands", channelPath, pressing("Control+k")),
  story("keys", channelPath, pressing("?")),
  story("machines", () => "/machines", seen(/waiting on you/)),
  story(
    "connect",
    () => "/connect",
    (page) => page.getByRole("tab").first().waitFor(),
  ),
  story("health", () => "/health", seen(/Version/i)),
  story("settings", () => "/settings", seen(/Theme|Appearance/)),
  ...states,
];
