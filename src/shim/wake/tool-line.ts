import type { Way } from "./way.ts";

/** The next tool result says it in a line: nothing wakes, and nothing is lost. */
export const toolLine: Way = {
  name: "tool-line",
  isAvailable: () => true,
  nudge: () => Promise.resolve(),
};
