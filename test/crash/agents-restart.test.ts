import { afterEach, expect, it } from "vitest";
import { connect } from "../../src/client/index.ts";
import { extent, report } from "./extent.ts";
import { cleanUp, type Relay, startRelay, temporaryFolder } from "./relay.ts";

const agentCount = 80;
const rounds = extent(2, 20);
const timeout = extent(60_000, 600_000);

afterEach(cleanUp);

// A hub of another project started again, and 80 of its nodes were gone until somebody started them too.
it(
  `${agentCount} agents whose bridge is killed and started again have their mail, each once (agent-network#202)`,
  async () => {
    const folder = temporaryFolder();
    let relay: Relay = await startRelay({ folder });
    const { url } = relay;
    const backoff = { firstMs: 20, mostMs: 200 };
    const over = new AbortController();
    const had = new Map<string, string[]>();
    const names = Array.from({ length: agentCount }, (_, index) => `machine-${index}/worker`);

    async function readMail(agent: string): Promise<void> {
      const bridge = connect({ url, agent, backoff, patienceMs: timeout });
      let after = 0;
      while (!over.signal.aborted) {
        const page = await bridge.inbox({ after, waitSeconds: 30 }, { signal: over.signal });
        after = page.next;
        had.set(agent, [
          ...(had.get(agent) ?? []),
          ...page.messages.map(({ envelope }) => JSON.stringify(envelope?.content)),
        ]);
      }
    }

    const reading = names.map((agent) => readMail(agent).catch(() => undefined));
    const sender = connect({ url, agent: "mac/a", backoff, patienceMs: timeout });
    const expected: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await relay.kill();
      relay = await startRelay({ folder, port: relay.port });
      expected.push(JSON.stringify(`round ${round}`));
      await Promise.all(names.map((to) => sender.send({ channel: "demo:a", to, content: `round ${round}` })));
      for (const name of names) await expect.poll(() => had.get(name), { timeout }).toEqual(expected);
    }
    over.abort();
    await Promise.all(reading);
    report("agents over kill -9", { rounds, agents: agentCount, lost: 0, doubled: 0 });
  },
  timeout,
);
