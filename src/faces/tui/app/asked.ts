import { systemTimer, type Timer } from "../../../client/timer.ts";
import { type Asked, notAsked } from "./view.ts";

/** After a question the next one waits so long, in milliseconds, however much happens: then one answer is for all of it. */
const restMs = 2_000;

export interface Asking<Answer> {
  state(): Asked<Answer>;
  /** Asks now, or as soon as it may. What was answered before stays until there is another answer. */
  ask(): void;
}

export function createAsked<Answer>(
  get: () => Promise<Answer>,
  changed: () => void,
  timer: Timer = systemTimer,
): Asking<Answer> {
  let state: Asked<Answer> = notAsked;
  let [isResting, isWanted] = [false, false];

  function set(change: Partial<Asked<Answer>>): void {
    state = { ...state, ...change };
    changed();
  }

  function ask(): void {
    if (isResting) {
      isWanted = true;
      return;
    }
    isResting = true;
    isWanted = false;
    set({ isAsking: true });
    get()
      .then(
        (answer) => set({ answer, error: undefined, isAsking: false }),
        (error: unknown) => set({ error: error instanceof Error ? error.message : String(error), isAsking: false }),
      )
      .finally(() => timer(restMs, rested));
  }

  function rested(): void {
    isResting = false;
    if (isWanted) ask();
  }

  return { state: () => state, ask };
}
