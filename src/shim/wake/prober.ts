import type { Timer } from "../../client/index.ts";
import { type Limit, limited } from "../../client/timer.ts";
import type { Clock } from "../../core/clock.ts";
import { probeRestMs, probeWithinMs } from "../limits.ts";
import type { Way, WayName } from "./way.ts";

/** What became of a probe. `kept`: the way works once in a session, and another has been proved. */
export interface ProbeResult {
  readonly way: WayName;
  readonly result: "proved" | "silent" | "unavailable" | "kept";
  /** From the nudge to the agent's call. */
  readonly ms?: number;
}

/** Tries the ways of waking one after the other, because somebody asked. Each costs the agent a turn. */
export interface Prober {
  /** Undefined while another goes on. Ends early, with what it has, when the signal aborts. */
  run(signal: AbortSignal): AsyncGenerator<ProbeResult, void, void> | undefined;
  /** The agent has begun a call of a tool. */
  called(tool: string): void;
  /** The agent has ended its turn. */
  rested(): void;
}

interface ProberParts {
  readonly ways: readonly Way[];
  readonly timer: Timer;
  readonly clock: Clock;
  /** Whether the agent is known to be in a turn, in which it calls tools of its own accord. */
  readonly isWorking: () => boolean;
  readonly onResult: (way: WayName, isProved: boolean) => void;
}

const probeText = (way: WayName): string =>
  `Probe of claude-bridge doctor: call bridge_whoami once, then go on. Way: ${way}.`;

export function createProber({ ways, timer, clock, isWorking, onResult }: ProberParts): Prober {
  let isRunning = false;
  let onCall: (tool: string) => void = () => undefined;
  let onRest: () => void = () => undefined;

  /** The time to the agent's next call; undefined when none came. */
  async function probe(way: Way, signal: AbortSignal): Promise<number | undefined> {
    const wasWorking = isWorking();
    const from = clock.now();
    const called = new Promise<void>((resolve) => {
      onCall = (tool) => {
        // Who is at work calls tools anyway; the one that the probe asks for says that it was read.
        if (!wasWorking || tool === "whoami") resolve();
      };
    });
    // What cannot be written is silent, like what nobody reads.
    await way.nudge(probeText(way.name)).catch(() => undefined);
    return (await isInTime(called, limited(timer, probeWithinMs, signal))) ? clock.now() - from : undefined;
  }

  /** Lets the turn end that the probe has begun, so that the next probe finds the agent as a message would. */
  const rest = (signal: AbortSignal) =>
    isInTime(new Promise<void>((resolve) => (onRest = resolve)), limited(timer, probeRestMs, signal));

  async function* run(signal: AbortSignal): AsyncGenerator<ProbeResult, void, void> {
    let isOneProved = false;
    let isInTurn = false;
    try {
      for (const way of ways) {
        const { name } = way;
        if (!way.isAvailable([])) yield { way: name, result: "unavailable" };
        else if (name === "open-wait") {
          // That it is open is the proof; to end it would take from the agent what it waits for.
          onResult(name, true);
          yield { way: name, result: "proved" };
        } else if (way.worksOnce === true && isOneProved) yield { way: name, result: "kept" };
        else {
          if (isInTurn) await rest(signal);
          const ms = await probe(way, signal);
          if (signal.aborted) return;
          isInTurn = ms !== undefined;
          isOneProved ||= isInTurn;
          onResult(name, isInTurn);
          yield ms === undefined ? { way: name, result: "silent" } : { way: name, result: "proved", ms };
        }
      }
    } finally {
      isRunning = false;
      onCall = () => undefined;
    }
  }

  return {
    run(signal) {
      if (isRunning) return undefined;
      isRunning = true;
      return run(signal);
    },
    called: (tool) => onCall(tool),
    rested: () => onRest(),
  };
}

/** Whether the event came before the limit, which is over then. */
async function isInTime(event: Promise<void>, limit: Limit): Promise<boolean> {
  const over = new Promise<void>((resolve) => limit.signal.addEventListener("abort", () => resolve()));
  if (!limit.signal.aborted) await Promise.race([event, over]);
  const isOver = limit.signal.aborted;
  limit.release();
  return !isOver;
}
