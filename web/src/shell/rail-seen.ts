import { useEffect, useEffectEvent } from "react";
import type { Channels } from "../../../src/view/live/channels.ts";
import { useLiveState } from "../bridge/bridge.tsx";
import { createSetting, useSetting } from "../settings/setting.ts";

/** How many messages of each channel its reader had before them when they last looked. */
type Seen = readonly (readonly [channel: string, messages: number])[];

/** Undefined in a browser that was never here: to it nothing is new. */
const seenSetting = createSetting<Seen | undefined>("seen", undefined, (stored) =>
  Array.isArray(stored) ? stored.filter(isPair) : undefined,
);

const isPair = (pair: unknown): pair is Seen[number] =>
  Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "number";

/** In a flood nobody needs it sooner. */
const gatherMs = 1_000;

/** By channel, the messages that came since its reader last looked. */
export function useUnread(): ReadonlyMap<string, number> {
  const channels = useLiveState((state) => state.channels);
  const [seen, setSeen] = useSetting(seenSetting);
  useEffect(() => {
    if (seen === undefined && channels !== undefined) setSeen(countsOf(channels));
  }, [seen, channels, setSeen]);
  return seen === undefined || channels === undefined ? new Map() : unreadIn(channels, new Map(seen));
}

function unreadIn(channels: Channels, seen: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const counts = [...channels.values()].map(({ name, messages }) => [name, messages - (seen.get(name) ?? 0)] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}

const countsOf = (channels: Channels): Seen => [...channels.values()].map(({ name, messages }) => [name, messages]);

/** While the channel is on screen, and somebody sits before it, what comes there is not new. */
export function useMarkSeen(channel: string): void {
  const messages = useLiveState(({ channels }) => channels?.get(channel)?.messages);
  const mark = useEffectEvent((name: string) => {
    if (messages === undefined || document.hidden) return;
    const others = (seenSetting.get() ?? []).filter(([known]) => known !== name);
    seenSetting.set([...others, [name, messages]]);
  });

  useEffect(() => {
    const timer = setTimeout(() => mark(channel), gatherMs);
    return () => clearTimeout(timer);
  }, [channel, messages]);
  useEffect(() => {
    const markNow = () => mark(channel);
    document.addEventListener("visibilitychange", markNow);
    window.addEventListener("pagehide", markNow);
    return () => {
      markNow();
      document.removeEventListener("visibilitychange", markNow);
      window.removeEventListener("pagehide", markNow);
    };
  }, [channel]);
}
