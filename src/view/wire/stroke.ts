import type { Receipt } from "../../client/index.ts";

/**
 * How an arrow is drawn: `solid` when everybody it is for has had it in context, `failed` when somebody will not, or not
 * before a person lets it go on, `dashed` while it is on its way. What is for nobody in particular has arrived.
 */
export type Stroke = "solid" | "dashed" | "failed";

const failed = new Set<string>(["held", "expired", "refused"]);
const arrived = new Set<string>(["in_context", "acknowledged", "answered"]);

export function strokeOf(receipts: readonly Receipt[]): Stroke {
  const wanted = receipts.filter(({ why }) => why !== undefined);
  if (wanted.some(({ state }) => failed.has(state))) return "failed";
  return wanted.every(({ state }) => arrived.has(state)) ? "solid" : "dashed";
}
