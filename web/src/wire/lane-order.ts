import type { Lane } from "../../../src/view/wire/lanes.ts";
import { createSetting } from "../settings/setting.ts";

/** Names beyond that are forgotten: whom one has put somewhere long ago. */
const mostNames = 64;

/** In which order this reader wants the lanes. */
export const laneOrder = createSetting<readonly string[]>("lane-order", [], (stored) =>
  Array.isArray(stored) && stored.every((name) => typeof name === "string") ? stored.slice(0, mostNames) : undefined,
);

/** The order once a lane stands elsewhere; who has no lane now stays behind those who have. */
export function movedLane(
  lanes: readonly Lane[],
  before: readonly string[],
  from: number,
  to: number,
): readonly string[] {
  const names = lanes.filter(({ others }) => others.length === 0).map(({ name }) => name);
  const [moved] = names.splice(from, 1);
  if (moved === undefined) return before;
  names.splice(to, 0, moved);
  return [...new Set([...names, ...before])].slice(0, mostNames);
}
