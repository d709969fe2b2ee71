/** How many messages came lately, in steps that a small diagram can draw. */
export interface Rates {
  count(messages: number): void;
  /** In the last minute. */
  perMinute(): number;
  /** One number for each step, the oldest first, the last one not over yet. */
  steps(): readonly number[];
}

const stepMs = 5_000;
const kept = 60;

export function createRates(now: () => number): Rates {
  let steps = Array.from({ length: kept }, () => 0);
  let current = Math.floor(now() / stepMs);

  function moveOn(): void {
    const at = Math.floor(now() / stepMs);
    const past = Math.min(Math.max(at - current, 0), kept);
    if (past > 0) steps = [...steps.slice(past), ...Array.from({ length: past }, () => 0)];
    current = Math.max(at, current);
  }

  return {
    count(messages) {
      moveOn();
      steps[kept - 1] = (steps[kept - 1] ?? 0) + messages;
    },
    perMinute() {
      moveOn();
      return steps.slice(-60_000 / stepMs).reduce((sum, one) => sum + one, 0);
    },
    steps() {
      moveOn();
      return [...steps];
    },
  };
}
