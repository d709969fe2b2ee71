import { createSetting, useSetting } from "../../settings/setting.ts";
import { useNow } from "../../parts/now.ts";

/** A clear that was made in this browser: a list that is opened after it has no row that says so. */
interface LastClear {
  readonly channel: string;
  readonly id: string;
  readonly count: number;
  /** Until when it can be undone, in milliseconds since the Unix epoch. */
  readonly until: number;
}

const lastClear = createSetting<LastClear | undefined>("last-clear", undefined, (stored) =>
  isClear(stored) ? stored : undefined,
);

function isClear(value: unknown): value is LastClear {
  if (typeof value !== "object" || value === null) return false;
  const { channel, id, count, until } = value as Partial<Record<keyof LastClear, unknown>>;
  return [channel, id].every((text) => typeof text === "string") && [count, until].every(Number.isFinite);
}

export const rememberClear = lastClear.set;

/** The last clear, if it was of this channel and can still be undone. */
export function useLastClear(channel: string | undefined): LastClear | undefined {
  const [last] = useSetting(lastClear);
  const now = useNow();
  return last !== undefined && last.channel === channel && now <= last.until ? last : undefined;
}
