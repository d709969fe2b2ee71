import { createBell } from "../../core/bell.ts";
import type { Bridge } from "../../core/bridge.ts";
import { type AgentNews, createAgentNews } from "./agent-news.ts";
import { toChunk } from "./event-chunk.ts";
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

export function createAgentFeed(bridge: Bridge): AgentFeed {
  const news = createAgentNews(bridge);
  const audience = createAudience(news);
  const bell = createBell();
  let users = 0;
  let running: Promise<void> | undefined;

  /** Resolves when it has looked once, and goes on while there is anybody. */
  async function start(): Promise<void> {
    const unwatch = bridge.agents.watch(bell.ring);
    const timer = setInterval(bell.ring, lookMs).unref();
    const stop = () => {
      unwatch();
      clearInterval(timer);
      running = undefined;
    };
    try {
      await news.look();
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
      await news.look().then(audience.tell, audience.expelAll);
      await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
    }
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
        return { after: news.last(), leave };
      } catch (error) {
        leave();
        throw error;
      }
    },
    join: audience.join,
    leave: audience.leave,
  };
}

interface Audience extends Delivery<number> {
  tell(): void;
  /** For this failure. They come again, and look for themselves. */
  expelAll(failure: unknown): void;
}

function createAudience(news: AgentNews): Audience {
  const readers = new Set<LiveReader<number>>();

  function give(reader: LiveReader<number>): void {
    const frames = news.since(reader.after);
    reader.after = news.last();
    if (frames.length > 0 && !reader.write(toChunk(frames))) expel(reader);
  }

  function expel(reader: LiveReader<number>, failure?: unknown): void {
    readers.delete(reader);
    reader.onLeft(failure);
  }

  return {
    tell() {
      for (const reader of readers) give(reader);
    },
    expelAll(failure) {
      for (const reader of readers) expel(reader, failure);
    },
    join(reader) {
      readers.add(reader);
      give(reader);
      return true;
    },
    leave: (reader) => readers.delete(reader),
  };
}
