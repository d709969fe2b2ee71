import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { findShim, watchShim } from "../../src/shim/local/ask-shim.ts";
import { shimTransport, startAgent } from "../support/shim.ts";
import { startBridge } from "./bridge-process.ts";
import { createCorrespondent } from "./correspondent.ts";

const names = Array.from({ length: 16 }, (_, number) => `member-${number + 1}`);
const channel = "talk:all";

// Their clients are left out: what a monitor prints starts a turn, so it is counted here.
it("of sixteen agents that talk in one channel, the one that is mentioned is nudged, once (buzz#3146)", async () => {
  const bridge = await startBridge();
  const mail = createCorrespondent(bridge.url);
  const members = await Promise.all(names.map((name) => startMember(bridge.url, name)));

  // All of them have written there: that makes nobody a follower.
  await Promise.all(members.map(({ agent, name }) => agent.call("send", { channel, content: `${name} is here` })));
  await bridge.send(channel, "@member-7 please look at the tests");
  const mentioned = members[6];
  await expect.poll(() => mentioned?.nudges, { timeout: 20_000 }).toEqual([expect.stringMatching(/^1 unread for you/)]);

  // What comes next to each of the others is the first that it hears of.
  await Promise.all(names.map((name) => mail.send(name, "to each of you")));
  for (const { name, nudges } of members) {
    const last = name === "member-7" ? "2 unread for you in talk:all, @member-7" : `1 unread for you in @${name}`;
    await expect.poll(() => nudges.at(-1), { timeout: 20_000 }).toBe(`${last}. Call bridge_receive.`);
    expect(nudges).toHaveLength(name === "member-7" ? 2 : 1);
  }
});

async function startMember(url: string, name: string) {
  const folder = await mkdtemp(join(tmpdir(), "bridge-member-"));
  const project = join(folder, name);
  mkdirSync(project);
  const agent = await startAgent(shimTransport(folder, ["--url", url], { cwd: project }));
  const stateFolder = join(folder, "state", "claude-bridge");
  const find = () => findShim({ stateFolder, project, ancestors: [] });
  await expect.poll(find, { timeout: 20_000 }).toBeDefined();
  const shim = find();
  if (shim === undefined) throw new Error(`no shim of ${name}`);
  const ended = new AbortController();
  const nudges: string[] = [];
  const watching = watch();
  async function watch(): Promise<void> {
    if (shim === undefined) return;
    for await (const nudge of watchShim(shim, "monitor", ended.signal)) nudges.push(nudge);
  }
  onTestFinished(async () => {
    ended.abort();
    await watching;
    await agent.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return { name, agent, nudges };
}
