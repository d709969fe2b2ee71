import { setTimeout as sleep } from "node:timers/promises";
import { type Agent, openHttpAgent } from "../load/agents.ts";
import { type CountingProxy, openCountingProxy } from "../load/counting-proxy.ts";
import { type Letter, openPostbox, type Postbox, read, untilKnownAsRead } from "../load/mail.ts";
import { openSessionInbox, type SessionInbox } from "../load/session-inbox.ts";
import { nowUs } from "../load/stamp.ts";
import { createHistogram } from "../measure/histogram.ts";
import { interleave, repeat } from "../measure/rounds.ts";
import type { Group } from "../product/context.ts";
import { startRelay } from "../product/relay.ts";
import { type AgentWithShim, startShim } from "../product/shim.ts";
import { atMost, latencies, type Row, show } from "../report/row.ts";

/** How long the idle agent is watched, at least. */
const idleSeconds = 60;
const countedLetters = 10;

/** From a message to the agent that it is for: how soon it is woken, and what its process asks the relay for. */
export const waking: Group = {
  name: "waking",
  async *run(context) {
    await using relay = await startRelay(context);
    const { port } = relay;
    const postbox = await openPostbox(port);
    const proxies = { idle: await openCountingProxy(port), counted: await openCountingProxy(port) };
    using inboxes = await openInboxes();
    const env = (inbox: SessionInbox) => ({ CLAUDE_CODE_MESSAGING_SOCKET: inbox.path });
    await using idle = await startShim(context, { name: "idle", port: proxies.idle.port, env: env(inboxes.idle) });
    const counted = { name: "counted", port: proxies.counted.port, env: env(inboxes.counted) };
    await using reader = await startShim(context, counted);
    await using waiter = await startShim(context, { name: "waiter", port });
    await using watched = await startShim(context, { name: "watched", port });
    await using announced = await startShim(context, { name: "announced", port, env: env(inboxes.announced) });
    await using monitor = watched.start("monitor");
    const shims = [idle, reader, waiter, watched, announced].length;
    const overHttp = await openHttpAgent(port, "over-http");
    await untilWoken(postbox, watched, monitor.line, shims);
    // What the shims say when they come is over.
    await sleep(1000);
    const before = { at: nowUs(), requests: proxies.idle.requests(), frames: inboxes.idle.frames() };

    const many = context.isQuick ? 10 : 40;
    const few = context.isQuick ? 4 : 8;
    const results = await interleave(context.rounds, {
      [paths.http]: () => repeat(many, () => byWait(postbox, overHttp, "over-http", shims + 1)),
      [paths.monitor]: () => repeat(few, () => byNudge(postbox, watched, monitor.line, shims)),
      [paths.inbox]: () => repeat(few, () => byNudge(postbox, announced, inboxes.announced.next, shims)),
      [paths.wait]: () => repeat(many, () => byWait(postbox, waiter, waiter.name, shims + 1)),
    });
    for (const [path, rounds] of Object.entries(results)) yield toRow(path, rounds.flat());
    yield await countRequests(postbox, reader, inboxes.counted, proxies.counted, shims);

    const wanted = context.isQuick ? 8 : idleSeconds;
    await sleep(Math.max(0, wanted * 1000 - (nowUs() - before.at) / 1000));
    yield toIdleRow({
      seconds: (nowUs() - before.at) / 1e6,
      requests: proxies.idle.requests() - before.requests,
      nudges: inboxes.idle.frames() - before.frames,
    });
  },
};

const paths = {
  http: "an open bridge_wait over Streamable HTTP",
  monitor: "shim and monitor",
  inbox: "shim and the session's inbox",
  wait: "shim and an open bridge_wait",
};

async function openInboxes() {
  const [idle, counted, announced] = [await openSessionInbox(), await openSessionInbox(), await openSessionInbox()];
  return {
    idle,
    counted,
    announced,
    [Symbol.dispose]: () => {
      for (const inbox of [idle, counted, announced]) inbox[Symbol.dispose]();
    },
  };
}

/** The agent waits for whatever comes for it. The result is its message. */
async function byWait(postbox: Postbox, agent: Agent, name: string, openWaits: number): Promise<number> {
  const result = agent.call("bridge_wait", { timeout_seconds: 50 });
  const letter = await postbox.send(name, openWaits);
  if (!(await result).includes(letter.mark)) throw new Error("a wait ended with something else");
  const tookUs = nowUs() - letter.sentUs;
  await untilKnownAsRead(agent, letter);
  return tookUs;
}

/** The agent is idle, and told of its message; then it reads it. */
async function byNudge(
  postbox: Postbox,
  agent: AgentWithShim,
  nudge: () => Promise<string>,
  openWaits: number,
): Promise<number> {
  const nudged = nudge();
  const letter = await postbox.send(agent.name, openWaits);
  await nudged;
  const tookUs = nowUs() - letter.sentUs;
  await read(agent, letter);
  return tookUs;
}

/** A monitor that has just started may not have found its shim yet: then the line under a result tells of the letter. */
async function untilWoken(postbox: Postbox, agent: AgentWithShim, nudge: () => Promise<string>, openWaits: number) {
  const nudged = nudge();
  for (let isWoken = false; !isWoken;) {
    const letter: Letter = await postbox.send(agent.name, openWaits);
    isWoken = await Promise.race([nudged.then(() => true), sleep(2000, false)]);
    await read(agent, letter);
  }
}

/** Of all rounds together: one has too few letters for percentiles of its own. */
function toRow(path: string, tookUs: readonly number[]): Row {
  const latency = createHistogram();
  for (const us of tookUs) latency.add(us);
  const [p50, p99] = [latency.percentile(50), latency.percentile(99)];
  return {
    group: "waking",
    name: `a message wakes: ${path}`,
    measured: latencies(p50, p99),
    targets: [atMost("p99", 1000, "ms", p99)],
    figures: { p50, p99, letters: latency.count },
  };
}

async function countRequests(
  postbox: Postbox,
  agent: AgentWithShim,
  inbox: SessionInbox,
  proxy: CountingProxy,
  openWaits: number,
): Promise<Row> {
  const one = () => byNudge(postbox, agent, inbox.next, openWaits);
  // With the first it is proved that the agent can be woken so, and the relay is told.
  await one();
  await sleep(500);
  const before = { requests: proxy.requests(), frames: inbox.frames() };
  for (let letter = 0; letter < countedLetters; letter++) await one();
  await sleep(500);
  const requests = (proxy.requests() - before.requests) / countedLetters;
  const nudges = (inbox.frames() - before.frames) / countedLetters;
  return {
    group: "waking",
    name: "requests of a shim for each message that is delivered and read",
    measured: `${show(requests)} requests, ${show(nudges)} nudges`,
    figures: { requests, nudges },
  };
}

function toIdleRow({ seconds, requests, nudges }: { seconds: number; requests: number; nudges: number }): Row {
  const perHour = (requests * 3600) / seconds;
  return {
    group: "waking",
    name: "shim of an idle agent, while others get messages",
    measured: `${show(perHour)} requests an hour (${requests} in ${show(seconds)} s), ${nudges} turns`,
    targets: [atMost("turns", 0, "", nudges)],
    figures: { perHour, requests, seconds, nudges },
  };
}
