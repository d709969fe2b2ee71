import type { Cursor } from "./ui.ts";

export interface Keyed {
  readonly key: string;
  /** It stands over others, and the cursor never stands on it. */
  readonly isHead?: boolean | undefined;
}

/** Where a list without a cursor stands: at its first row, or at its last and whatever becomes the last. */
export type Home = "first" | "last";

export interface Window {
  /** The place of the cursor; -1 in an empty list. */
  readonly at: number;
  /** The first row that is shown. */
  readonly top: number;
}

/** Which rows are on the screen, so that the cursor is among them and no row moves that need not. */
export function windowOf(items: readonly Keyed[], cursor: Cursor, height: number, home: Home): Window {
  const at = placeOf(items, cursor, home);
  const wanted = cursor.top === undefined ? (home === "last" ? items.length : 0) : indexOf(items, cursor.top);
  const lowest = Math.max(0, items.length - height);
  const top = Math.min(Math.max(wanted, at - height + 1, 0), Math.max(at, 0), lowest);
  return { at, top };
}

export function placeOf(items: readonly Keyed[], { key }: Cursor, home: Home): number {
  const at = key === undefined ? -1 : indexOf(items, key);
  if (at >= 0) return at;
  return home === "last" ? items.length - 1 : items.findIndex(({ isHead }) => isHead !== true);
}

/** From the end, where people are. */
const indexOf = (items: readonly Keyed[], key: string) => items.findLastIndex((item) => item.key === key);

/** The cursor after so many steps. At the end of a list that follows, it follows again. */
export function movedBy(
  items: readonly Keyed[],
  cursor: Cursor,
  steps: number,
  { height, home }: { readonly height: number; readonly home: Home },
): Cursor {
  if (items.length === 0) return cursor;
  const window = windowOf(items, cursor, height, home);
  const wanted = Math.min(Math.max(window.at + steps, 0), items.length - 1);
  const to = besideHead(items, wanted, Math.sign(steps)) ?? besideHead(items, wanted, -Math.sign(steps)) ?? window.at;
  if (home === "last" && to === items.length - 1) return { key: undefined, top: undefined };
  const top = Math.min(Math.max(window.top, to - height + 1), to);
  return { key: items[to]?.key, top: items[top]?.key };
}

function besideHead(items: readonly Keyed[], from: number, step: number): number | undefined {
  let at = from;
  while (items[at]?.isHead === true && step !== 0) at += step;
  return items[at] === undefined ? undefined : at;
}
