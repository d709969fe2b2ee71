import { createBell } from "../../core/bell.ts";
import type { Bridge } from "../../core/bridge.ts";
import { type AgentRow, toAgentRow } from "../../operations/agents.ts";
import { toChunk } from "./event-chunk.ts";
import { frame } from "./event-frames.ts";
import type { Delivery } from "./event-listen.ts";
import type { LiveReader } from "./event-readers.ts";

/** Delivers what changes of agents to the live streams of this node that asked for it, while there are any. */
export interface AgentFeed extends Delivery<number> {
  /** Looks at least until `leave` is called. Nothing that changes from now on is missed by who joins at `after`. */
  enter(): Promise<{ readonly after: number; leave(): void }>;
}

/** Also without being rung: time alone makes an agent unreachable, and other processes hear of agents too. */
const lookMs = 15_000;
/** A look reads all agents, so what changes within this time is told together. */
const pauseMs = 200;

/** What was last told of an agent, and as the how manieth piece of news. */
interface Told {
  readonly shown: string;
  readonly news: number;
  readonly frame: Buffer;
}

export function createAgentFeed(bridge: Bridge): AgentFeed {
  const readers = new Set<LiveReader<number>>();
  const bell = createBell();
  let told = new Map<string, Told>();
  let news = 0;
  let users = 0;
  let running: Promise<void> | undefined;

  async function look(): Promise<void> {
    const now = bridge.clock.now();
    const next = new Map<string, Told>();
    for (const agent of await bridge.agents.list()) {
      const row = toAgentRow(agent, now);
      const before = told.get(row.name);
      const shown = shownOf(row);
      const isOld = before?.shown === shown;
      next.set(row.name, isOld ? before : { shown, news: (news += 1), frame: frameOf(row) });
    }
    told = next;
  }

  /** Resolves when it has looked once, and goes on while there is anybody. */
  async function start(): Promise<void> {
    const unwatch = bridge.agents.watch(bell.ring);
    const timer = setInterval(bell.ring, lookMs).unref();
    const stop = () => {
      unwatch();
      clearInterval(timer);
      told = new Map();
      running = undefined;
    };
    try {
      await look();
    } catch (error) {
      stop();
      throw error;
    }
    void goOn(stop);
  }

  async function goOn(stop: () => void): Promise<void> {
    for (;;) {
      await bell.wait();
      if (users === 0 || bridge.isClosing()) return stop();
      await look().then(
        () => forEach(give),
        // Their readers come again, and look for themselves.
        (error: unknown) => forEach((reader) => expel(reader, error)),
      );
      await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
    }
  }

  function forEach(act: (reader: LiveReader<number>) => void): void {
    for (const reader of [...readers]) act(reader);
  }

  function give(reader: LiveReader<number>): void {
    const frames = [...told.values()].filter((agent) => agent.news > reader.after).map((agent) => agent.frame);
    reader.after = news;
    if (frames.length > 0 && !reader.write(toChunk(frames))) expel(reader);
  }

  function expel(reader: LiveReader<number>, failure?: unknown): void {
    readers.delete(reader);
    reader.onLeft(failure);
  }

  function leave(): void {
    users -= 1;
    if (users === 0) bell.ring();
  }

  return {
    async enter() {
      users += 1;
      try {
        running ??= start();
        await running;
        return { after: news, leave };
      } catch (error) {
        leave();
        throw error;
      }
    },
    join(reader) {
      readers.add(reader);
      give(reader);
      return true;
    },
    leave: (reader) => readers.delete(reader),
  };
}

const frameOf = (row: AgentRow) => Buffer.from(frame("agent", row), "latin1");

/** All but the times, which change by themselves. */
const shownOf = ({ last_seen: _seen, proved_at: _proved, ...row }: AgentRow) => JSON.stringify(row);
