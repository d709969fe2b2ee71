import { useMemo, useSyncExternalStore } from "react";
import { useLocation } from "wouter";
import { visible } from "../../../src/core/visible.ts";
import { chipOf } from "../../../src/view/query-text.ts";
import { useLiveState } from "../bridge/bridge.tsx";
import { commands } from "../keys/commands.ts";
import { paths } from "../routes.ts";

/** Something that can be gone to or done. */
export interface Entry {
  /** Its own among all. */
  readonly key: string;
  /** What is looked through, and shown: nothing in it is hidden. */
  readonly words: string;
  readonly keys: readonly string[];
  readonly run: () => void;
}

export interface Entries {
  readonly commands: readonly Entry[];
  readonly channels: readonly Entry[];
  readonly agents: readonly Entry[];
}

/** All that there is to go to and to do now. */
export function useEntries(): Entries {
  const [, go] = useLocation();
  const offered = useSyncExternalStore(commands.subscribe, commands.offered);
  const channels = useLiveState((state) => state.channels);
  const agents = useLiveState((state) => state.agents);

  return useMemo(
    () => ({
      commands: offered
        .filter(({ name }) => name !== "palette" && name !== "close")
        .map(({ name, words, keys }) => ({ key: `command ${name}`, words, keys, run: () => void commands.run(name) })),
      channels: [...(channels?.keys() ?? [])]
        .toSorted()
        .map((name) => goingTo(`channel ${name}`, name, () => go(paths.channel(name)))),
      agents: [...agents.keys()]
        .toSorted()
        .map((name) =>
          goingTo(`agent ${name}`, name, () => go(`${paths.all}?${new URLSearchParams({ q: chipOf("from", name) })}`)),
        ),
    }),
    [offered, channels, agents, go],
  );
}

const goingTo = (key: string, name: string, run: () => void): Entry => ({
  key,
  words: visible(name, { keepsLines: false }),
  keys: [],
  run,
});
