import type { Clock } from "../../core/clock.ts";

/** Long enough that a commit which takes its time does not look like silence; a person does not notice it. */
export const momentMs = 250;
/** So many messages of a second make senders busy: fewer do not notice who else has the disk. */
const busyPerSecond = 200;
const busyMessages = (busyPerSecond * 2 * momentMs) / 1000;

/** What senders do just now. */
export interface Traffic {
  /** Told of messages that were appended. */
  count(messages: number): void;
  isBusy(): boolean;
}

/** Counts what came in this moment and the one before. */
export function createTraffic(clock: Clock): Traffic {
  let moment = 0;
  let [now, before] = [0, 0];

  function move(): void {
    const current = Math.floor(clock.now() / momentMs);
    if (current === moment) return;
    before = current === moment + 1 ? now : 0;
    now = 0;
    moment = current;
  }

  return {
    count(messages) {
      move();
      now += messages;
    },
    isBusy() {
      move();
      return now + before >= busyMessages;
    },
  };
}
