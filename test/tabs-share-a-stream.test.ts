import { expect, it, onTestFinished } from "vitest";
import { connect, type Timer } from "../src/client/index.ts";
import type { Batch } from "../src/view/live/source.ts";
import { clientSource } from "../src/view/live/source.ts";
import { type Ask, createSharing, silentMs, type Told } from "../web/src/bridge/sharing.ts";
import { serve } from "./support/face.ts";
import { createHeldTimer } from "./support/held-timer.ts";

/** The dashboard's tabs have one stream of the bridge, whose end their worker has; here with a clock of our own. */

/** What takes longer than a second waits for the test: only the patience with silent tabs does. */
async function startSharing() {
  const served = await serve();
  onTestFinished(() => served.close());
  const held = createHeldTimer();
  const timer: Timer = held.timer;
  const sharing = createSharing(clientSource(connect({ url: served.url })), timer);
  const open = () => {
    const { port1, port2 } = new MessageChannel();
    const told: Told[] = [];
    port1.addEventListener("message", ({ data }: MessageEvent<Told>) => told.push(data));
    port1.start();
    onTestFinished(() => port1.close());
    sharing.join(port2);
    return { told, say: (what: Ask) => port1.postMessage(what), end: () => port1.close() };
  };
  return { served, held, open, streams: () => served.bridge.streams.inside };
}

const isLive = (told: readonly Told[]) => told.some((one) => one !== "missed" && one.connection.kind === "live");

it("opens one stream for all tabs, and ends it with the last that leaves", async () => {
  const { served, open, streams } = await startSharing();
  const [first, second] = [open(), open()];
  await expect.poll(() => isLive(first.told) && isLive(second.told)).toBe(true);
  expect(streams()).toBe(1);
  await connect({ url: served.url, sender: "mac" }).send({ channel: "a", content: "hello" });
  const contents = (told: readonly Told[]) =>
    told
      .filter((one): one is Batch => one !== "missed")
      .flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === "message" ? [entry.content] : [])));
  await expect.poll(() => [contents(first.told), contents(second.told)]).toEqual([["hello"], ["hello"]]);
  first.say("leave");
  second.say("here");
  await expect.poll(streams).toBe(1);
  second.say("leave");
  await expect.poll(streams).toBe(0);
});

it("ends it without a tab that is silent for too long, which is told what it missed", async () => {
  const { held, open, streams } = await startSharing();
  const tab = open();
  await expect.poll(() => isLive(tab.told)).toBe(true);
  held.fire(silentMs);
  await expect.poll(streams).toBe(0);
  tab.say("here");
  await expect.poll(() => tab.told.at(-1)).toBe("missed");
  const back = open();
  await expect.poll(() => isLive(back.told)).toBe(true);
  expect(streams()).toBe(1);
  back.say("leave");
  await expect.poll(streams).toBe(0);
});

it("ends it with a tab that is gone without a word, where that can be seen", async () => {
  const { open, streams } = await startSharing();
  const tab = open();
  await expect.poll(() => isLive(tab.told)).toBe(true);
  tab.end();
  await expect.poll(streams).toBe(0);
});
