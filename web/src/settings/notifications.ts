import { createSetting } from "./setting.ts";

/** What a person may be told of while looking elsewhere: these four events, and never what agents say to each other. */
export interface Notifications {
  /** An agent asks you. */
  readonly question: boolean;
  /** A task that you gave is finished, or has failed. */
  readonly finished: boolean;
  /** A message is held, or could not be delivered. */
  readonly held: boolean;
  /** Agents wake each other without an end. */
  readonly loop: boolean;
  readonly sound: boolean;
}

const fallback: Notifications = { question: true, finished: true, held: true, loop: true, sound: false };

export const notificationsSetting = createSetting<Notifications>("notifications", fallback, (stored) => {
  if (typeof stored !== "object" || stored === null) return undefined;
  const given = Object.entries(fallback).map(([name, value]) => {
    const own: unknown = Reflect.get(stored, name);
    return [name, typeof own === "boolean" ? own : value];
  });
  return Object.fromEntries(given) as Notifications;
});
