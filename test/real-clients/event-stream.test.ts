import { EventSource } from "eventsource";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { type BridgeProcess, startBridge } from "./bridge-process.ts";
import { createJournal } from "./journal.ts";
import { readLikePython } from "./python-client.ts";

const streamOf = ({ url }: BridgeProcess, channel: string) => `${url}/events/channel/${encodeURIComponent(channel)}`;
const payload = z.looseObject({ channel: z.string(), content: z.string() });

/** The `eventsource` package, which does what browsers do, and adds a header as browsers cannot. */
function openEventSource(url: string, token?: string) {
  const heads = createJournal<Readonly<Record<string, string>>>();
  const contents = createJournal<string>();
  const opened = createJournal<Event>();
  const source = new EventSource(url, {
    fetch(input, init) {
      const headers = { ...init.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      heads.add(headers);
      return fetch(input, { ...init, headers });
    },
  });
  onTestFinished(() => source.close());
  source.addEventListener("open", (event) => opened.add(event));
  source.addEventListener("message", ({ data }) => contents.add(payload.parse(JSON.parse(data)).content));
  return { heads, contents, opened };
}

describe("EventSource on a channel's stream", () => {
  it("gets a message when it is sent", async () => {
    const bridge = await startBridge();
    const { opened, contents } = openEventSource(streamOf(bridge, "demo:all"));
    await opened.first("open stream", () => true);
    await bridge.send("demo:other", "not for this channel");
    await bridge.send("demo:all", "hello");
    await contents.first("message", () => true);
    expect(contents.all).toEqual(["hello"]);
  });

  it("shows its token in a header", async () => {
    const bridge = await startBridge({ token: "a-token-for-this-test" });
    const { opened, contents } = openEventSource(streamOf(bridge, "demo:all"), "a-token-for-this-test");
    await opened.first("open stream", () => true);
    await bridge.send("demo:all", "hello");
    await contents.first("message", () => true);
    expect(contents.all).toEqual(["hello"]);
  });

  it("comes back after the bridge was killed, and gets what it missed, once and in order", async () => {
    const bridge = await startBridge();
    const { heads, opened, contents } = openEventSource(streamOf(bridge, "demo:all"));
    await opened.first("open stream", () => true);
    const lastSeen = await bridge.send("demo:all", "before");
    await contents.first("message", () => true);

    await bridge.kill();
    await bridge.start();
    await bridge.send("demo:all", "missed 1");
    await bridge.send("demo:all", "missed 2");
    await contents.first("last missed message", (content) => content === "missed 2");
    await bridge.send("demo:all", "live again");
    await contents.first("message after the return", (content) => content === "live again");

    expect(contents.all).toEqual(["before", "missed 1", "missed 2", "live again"]);
    expect(heads.all.at(-1)).toMatchObject({ "Last-Event-ID": lastSeen });
  });
});

describe("The original's Python client on a channel's stream", () => {
  it("reads every frame by its own narrow rules", async () => {
    const bridge = await startBridge();
    const { body } = await fetch(streamOf(bridge, "demo:all"));
    const frames = readLikePython(body ?? new ReadableStream());
    const content = "two lines:\nand ünïcode 🚀";
    const id = await bridge.send("demo:all", content);
    const frame = await frames.first("frame", () => true);
    expect(frame).toMatchObject({ id, event: "message" });
    expect(JSON.parse(frame.data)).toMatchObject({ id, channel: "demo:all", sender: "script", content });
  });
});
