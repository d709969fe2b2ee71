import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playScene, type Scene } from "../../scripts/pictures/scene.ts";
import { type BridgeHome, bridgeHome } from "../support/bridge-home.ts";
import { cleanUp } from "../support/cli.ts";
import { closePseudoTerminals, hasPseudoTerminals, keys, openTerminal } from "../support/pseudo-terminal.ts";
import { still } from "./still.ts";

/** Whole screens, as they were looked at and found good. `vitest -u` writes them anew: then look at them again. */

let home: BridgeHome;
let scene: Scene;
beforeAll(async () => {
  home = bridgeHome();
  const { url } = await home.startRelay();
  scene = await playScene(url, () => Promise.resolve());
});
afterAll(async () => {
  closePseudoTerminals();
  scene.close();
  await cleanUp();
});

/** Keys, and what is to be seen before the next. */
type Step = string | RegExp;

const toWorker: readonly Step[] = [
  ":",
  /a channel, an agent/,
  "payments:worker",
  /▌payments:worker/,
  keys.enter,
  /payments:worker +3 senders/,
  /Pulling/,
];

interface Frame {
  readonly name: string;
  readonly size: readonly [columns: number, rows: number];
  readonly steps: readonly Step[];
}

const frames: readonly Frame[] = [
  { name: "feed-220x50", size: [220, 50], steps: [...toWorker, /Delivery/] },
  { name: "feed-120x35", size: [120, 35], steps: toWorker },
  { name: "feed-80x24", size: [80, 24], steps: toWorker },
  { name: "feed-50x20", size: [50, 20], steps: toWorker },
  { name: "feed-40x10", size: [40, 10], steps: toWorker },
  { name: "too-small-39x9", size: [39, 9], steps: [/needs 40×10, this is 39×9/] },
  { name: "message-80x24", size: [80, 24], steps: [...toWorker, keys.up, /paused/, keys.enter, /Delivery/] },
  { name: "needs-120x35", size: [120, 35], steps: ["1", /Questions to you 1/, /Answers +yes/] },
  { name: "wire-120x35", size: [120, 35], steps: [...toWorker, "3", /├── task: Run the/] },
  { name: "machines-120x35", size: [120, 35], steps: ["4", /pi\/builder +away/] },
  {
    name: "reply-120x35",
    size: [120, 35],
    steps: [...toWorker, keys.up, /paused/, "r", /reply to/, "All green?", /▏ All green\?/],
  },
  { name: "palette-120x35", size: [120, 35], steps: [":", /a channel, an agent/, "work", /win\/worker +agent/] },
  { name: "help-120x35", size: [120, 35], steps: ["?", /type to look for one/] },
];

describe.skipIf(!hasPseudoTerminals)("the terminal UI looks as it did when it was last looked at", () => {
  it.each(frames)("$name", async ({ name, size: [columns, rows], steps }) => {
    const terminal = openTerminal(["tui", "--as", "ada"], { cwd: home.folder, columns, rows });
    await terminal.shows(/\d\d:\d\d|this is/);
    for (const step of steps) {
      if (typeof step === "string") terminal.press(step);
      else await terminal.shows(step);
    }
    await expect(still(await terminal.settled())).toMatchFileSnapshot(`frames/${name}.txt`);
  });
});
