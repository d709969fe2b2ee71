import type { ChannelName } from "../core/message.ts";
import { inScope, type Scope } from "../core/scope.ts";

export interface Watchers {
  watch(scope: Scope, wake: () => void): () => void;
  /** Rings everybody whose scope has one of the channels. */
  wake(channels: Iterable<ChannelName>): void;
  /** Rings everybody and forgets them. */
  close(): void;
}

/** The in-process half of `Log.watch`, shared by the engines: who listens to one name is found without a search. */
export function createWatchers(): Watchers {
  const byName = new Map<ChannelName, Set<() => void>>();
  const byPattern = new Set<{ readonly scope: Scope; readonly wake: () => void }>();

  return {
    watch(scope, wake) {
      // Our own wrapper, so that the same callback may watch twice.
      const watcher = () => wake();
      const listener = { scope, wake: watcher };
      if (scope.patterns.length > 0) byPattern.add(listener);
      for (const name of scope.names) byName.set(name, (byName.get(name) ?? new Set()).add(watcher));
      return () => {
        byPattern.delete(listener);
        for (const name of scope.names) forget(byName, name, watcher);
      };
    },
    wake(channels) {
      for (const channel of channels) {
        for (const watcher of byName.get(channel) ?? []) watcher();
        for (const { scope, wake } of byPattern) if (inScope(scope, channel)) wake();
      }
    },
    close() {
      for (const watchers of byName.values()) for (const watcher of watchers) watcher();
      for (const { wake } of byPattern) wake();
      byName.clear();
      byPattern.clear();
    },
  };
}

function forget(byName: Map<ChannelName, Set<() => void>>, name: ChannelName, watcher: () => void): void {
  const watchers = byName.get(name);
  watchers?.delete(watcher);
  if (watchers?.size === 0) byName.delete(name);
}
