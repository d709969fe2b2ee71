import { setTimeout as sleep } from "node:timers/promises";
import type { Agent } from "./agents.ts";
import { openConnection } from "./connection.ts";
import { contentLength, post } from "./requests.ts";
import { nowUs } from "./stamp.ts";

/** How long a message may be on its way before the run is given up. */
const patienceMs = 20_000;

export interface Letter {
  /** What its text begins with, and no other's. */
  readonly mark: string;
  readonly sentUs: number;
}

/** Sends mail for agents. */
export interface Postbox {
  /** Resolves, when so many waits are open on the relay, with what was written a moment ago. */
  send(to: string, openWaits: number): Promise<Letter>;
}

/** The sender is a person: what agents send each other is held back after a while. */
export async function openPostbox(port: number): Promise<Postbox> {
  const connection = await openConnection(port);
  let sent = 0;
  return {
    async send(to, openWaits) {
      await untilOpen(port, openWaits);
      sent += 1;
      const mark = `letter-${sent}.`;
      const content = mark.padEnd(contentLength, "x");
      const request = post("/api/send", { channel: "bench:mail", sender: "you", to, content });
      const sentUs = nowUs();
      connection.ask(request, () => undefined);
      return { mark, sentUs };
    },
  };
}

/** The agent reads its mail until it has had this letter. */
export async function read(agent: Agent, { mark }: Letter): Promise<void> {
  const giveUp = nowUs() + patienceMs * 1000;
  while (!(await agent.call("bridge_receive", {})).includes(mark)) {
    if (nowUs() > giveUp) throw new Error("a message did not come");
  }
}

/** The relay learns it when the result is on its way: a wait that begins before would end with the same letter. */
export async function untilKnownAsRead(agent: Agent, { mark }: Letter): Promise<void> {
  while ((await agent.call("bridge_receive", {})).includes(mark)) await sleep(1);
}

async function untilOpen(port: number, wanted: number): Promise<void> {
  const giveUp = nowUs() + patienceMs * 1000;
  for (;;) {
    const state = (await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as { open_waits: number };
    if (state.open_waits >= wanted) return;
    if (nowUs() > giveUp) throw new Error(`${state.open_waits} waits are open where ${wanted} should be`);
    await sleep(5);
  }
}
