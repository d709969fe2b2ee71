import { useEffect, useEffectEvent, useState } from "react";
import type { MessageRow } from "../../../src/view/live/rows.ts";

export const speeds = [1, 4, 16, 64] as const;
export type Speed = (typeof speeds)[number];

export interface Replay {
  readonly isPlaying: boolean;
  readonly speed: Speed;
  /** The moment that is shown, in milliseconds since the Unix epoch; undefined: now. */
  readonly moment: number | undefined;
  play(): void;
  pause(): void;
  setSpeed(speed: Speed): void;
  /** Stands at the message; without one goes back to now. */
  standAt(key: string | undefined): void;
  /** So many messages on, or back. */
  step(by: number): void;
  /** While a slider is drawn: stands at a moment, and the address follows when it is let go. */
  scrub(moment: number): void;
}

const tickMs = 100;
/** Nobody wants to sit through a pause: what is longer is left out. */
const longestPauseMs = 2_000;

/**
 * Where in time one stands. The address says at which message; what runs or is being dragged is between two of them.
 *
 */
export function useReplay(
  messages: readonly MessageRow[],
  at: string | undefined,
  setAt: (key: string | undefined) => void,
): Replay {
  const [running, setRunning] = useState<number>();
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(4);
  const standing = at === undefined ? undefined : messages.find(({ key }) => key === at)?.message.acceptedAt;

  function standAt(key: string | undefined) {
    setPlaying(false);
    setRunning(undefined);
    setAt(key);
  }
  const settle = (moment: number | undefined) =>
    standAt(moment === undefined ? undefined : lastUpTo(messages, moment)?.key);

  const tick = useEffectEvent(() => {
    const moment = momentAfter(running, messages, speed);
    const last = messages.at(-1)?.message.acceptedAt;
    if (moment === undefined || last === undefined || moment > last) standAt(undefined);
    else setRunning(moment);
  });
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [isPlaying]);

  return {
    isPlaying,
    speed,
    moment: running ?? standing,
    play() {
      const first = messages[0]?.message.acceptedAt;
      setRunning(running ?? standing ?? (first === undefined ? undefined : first - 1));
      setPlaying(true);
    },
    pause: () => settle(running ?? standing),
    setSpeed,
    standAt,
    step(by) {
      const moment = running ?? standing;
      const here = moment === undefined ? messages.at(-1) : lastUpTo(messages, moment);
      const next = messages.findIndex(({ key }) => key === here?.key) + by;
      standAt(next >= messages.length - 1 ? undefined : messages[Math.max(0, next)]?.key);
    },
    scrub: settle,
  };
}

export const lastUpTo = (messages: readonly MessageRow[], moment: number): MessageRow | undefined =>
  messages.findLast(({ message }) => message.acceptedAt <= moment) ?? messages[0];

function momentAfter(moment: number | undefined, messages: readonly MessageRow[], speed: Speed): number | undefined {
  if (moment === undefined) return undefined;
  const next = moment + tickMs * speed;
  const coming = messages.find(({ message }) => message.acceptedAt > moment);
  if (coming === undefined) return next;
  // In time as it is shown: a pause of an hour takes as long as one of two seconds.
  return Math.max(next, coming.message.acceptedAt - longestPauseMs * speed);
}
