import { expect } from "vitest";
import { z } from "zod";

const agents = z.object({
  agents: z.array(
    z.looseObject({ name: z.string(), reach: z.string(), way: z.string().optional(), shim: z.string().optional() }),
  ),
});
const receipts = z.object({
  receipts: z.array(z.looseObject({ message_id: z.string(), agent: z.string(), state: z.string() })),
});
const sent = z.looseObject({ id: z.string() });

export type AgentSeen = z.output<typeof agents>["agents"][number];
export type ReceiptSeen = z.output<typeof receipts>["receipts"][number];

/** Somebody who writes to agents over HTTP, and sees what the bridge says of them and of the mail. */
export interface Correspondent {
  /** Answers with the message's id. */
  send(to: string, content: string): Promise<string>;
  /** The only agent that has a shim, once it has come. */
  onlyAgent(): Promise<string>;
  reachOf(agent: string): Promise<Pick<AgentSeen, "reach" | "way"> | undefined>;
  receipts(id: string): Promise<readonly ReceiptSeen[]>;
  /** Waits until the message got so far with its only recipient. */
  untilIs(id: string, state: string, withinMs?: number): Promise<void>;
}

const patience = { timeout: 40_000, interval: 100 };

export function createCorrespondent(url: string, headers: Readonly<Record<string, string>> = {}): Correspondent {
  async function ask(path: string, body?: object): Promise<unknown> {
    const json = { method: "POST", headers: { ...headers, "content-type": "application/json" } };
    const how = body === undefined ? { headers } : { ...json, body: JSON.stringify(body) };
    const response = await fetch(`${url}/api/${path}`, how);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  const present = async () => agents.parse(await ask("agents")).agents;
  const withShim = async () => (await present()).filter(({ shim }) => shim !== undefined);
  const receiptsOf = async (id: string) => receipts.parse(await ask(`receipts?message_ids=${id}`)).receipts;

  return {
    send: async (to, content) => sent.parse(await ask("send", { to, sender: "mac", content })).id,
    async onlyAgent() {
      await expect.poll(withShim, patience).toHaveLength(1);
      const [agent] = await withShim();
      return agent?.name ?? "";
    },
    async reachOf(agent) {
      const found = (await present()).find(({ name }) => name === agent);
      return found === undefined ? undefined : { reach: found.reach, way: found.way };
    },
    receipts: receiptsOf,
    async untilIs(id, state, timeout = patience.timeout) {
      await expect.poll(() => receiptsOf(id), { ...patience, timeout }).toMatchObject([{ state }]);
    },
  };
}
