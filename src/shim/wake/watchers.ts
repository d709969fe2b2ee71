import type { Way } from "./way.ts";

/** Programs of the session that wait for a line: they print it, and their client hands it to the agent. */
export interface Watchers extends Way {
  readonly name: "monitor" | "hook";
  /** Takes a program in; what is returned takes it out. */
  enter(watcher: Watcher): () => void;
}

export interface Watcher {
  /** Hands it the line. Whether it stays for another is its own affair. */
  tell(text: string): void;
}

/** One is enough: two monitors of a session would say everything twice. */
export function createWatchers(name: Watchers["name"], onChange: () => void): Watchers {
  const present = new Set<Watcher>();
  return {
    name,
    // A client starts its hooks where the session begins.
    worksOnce: name === "hook",
    enter(watcher) {
      present.add(watcher);
      onChange();
      return () => {
        if (present.delete(watcher)) onChange();
      };
    },
    isAvailable: () => present.size > 0,
    nudge(text) {
      const [newest] = [...present].toReversed();
      newest?.tell(text);
      return Promise.resolve();
    },
  };
}
