import { nowUs } from "./stamp.ts";

/** Nearer than this, a timer would be late: the loop looks at the clock instead. */
const spinUs = 2500;

/** Calls `act` `perSecond` times a second with the time when the call was due, whether the last one is done or not. */
export function onSchedule(perSecond: number, seconds: number, act: (dueUs: number) => void): Promise<void> {
  const begun = nowUs();
  const total = Math.round(perSecond * seconds);
  let done = 0;
  return new Promise((resolve) => {
    const look = () => {
      for (let due = begun + (done * 1e6) / perSecond; due <= nowUs(); due = begun + (done * 1e6) / perSecond) {
        if (done === total) return resolve();
        done += 1;
        act(Math.round(due));
      }
      const waitUs = begun + (done * 1e6) / perSecond - nowUs();
      if (waitUs > spinUs) setTimeout(look, (waitUs - spinUs) / 1000);
      else setImmediate(look);
    };
    look();
  });
}
