import { afterEach, beforeEach, expect, describe, it } from "vitest";
import { post, type Served, serve } from "./support/face.ts";
import { nextOf, openStream, type OpenStream } from "./support/stream.ts";

/** What live streams tell of agents, to whoever asks for it. */

let served: Served;
let streams: OpenStream[] = [];
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  for (const stream of streams) stream.close();
  streams = [];
  expect(served.errors).toEqual([]);
  await served.close();
});

async function open(): Promise<OpenStream> {
  const stream = await openStream(`${served.url}/events/channel/demo:a?with=agents`);
  streams.push(stream);
  return stream;
}

const announceAs = (agent: string, said: object) =>
  post(`${served.url}/api/agents`, { shim: "1.0.0", ...said }, { "claude-bridge-agent": agent });
const announce = (said: object) => announceAs("win/worker", said);

describe("a stream with agents", () => {
  it("tells what changes of an agent, as the list of agents has it", async () => {
    await announce({ doing: "idle" });
    const stream = await open();
    await announce({ doing: "working", ways: ["monitor"] });
    expect(await nextOf(stream, "agent", 1)).toMatchObject([
      { name: "win/worker", doing: "working", reach: "by hand" },
    ]);
    await announce({ proved: { way: "monitor" } });
    const [proved] = await nextOf(stream, "agent", 1);
    expect(proved).toMatchObject({ reach: "wakes", way: "monitor" });
    const { agents } = (await (await fetch(`${served.url}/api/agents`)).json()) as { agents: object[] };
    expect(agents).toEqual([proved]);
    await announce({ gone: true });
    expect(await nextOf(stream, "agent", 1)).toMatchObject([{ reach: "away", reason: "its client has ended" }]);
  });

  it("tells of newcomers, and not that somebody is still there", async () => {
    await announce({ doing: "idle" });
    const stream = await open();
    await announce({ doing: "idle" });
    await announce({});
    await announceAs("pi/new", {});
    expect(await nextOf(stream, "agent", 1)).toMatchObject([{ name: "pi/new" }]);
  });

  it("begins anew when all had left", async () => {
    const first = await open();
    await announce({ doing: "working" });
    expect(await nextOf(first, "agent", 1)).toMatchObject([{ doing: "working" }]);
    first.close();
    await announce({ doing: "idle" });
    const second = await open();
    await announce({ doing: "waiting", waiting_on: "mac/a" });
    expect(await nextOf(second, "agent", 1)).toMatchObject([{ doing: "waiting", waiting_on: "mac/a" }]);
  });
});
