import { createListeners } from "../../../src/core/listeners.ts";
import { type CommandName, type KeyCommand, keyTable } from "./key-table.ts";

/** What commands do just now. Whoever is shown says what those mean that it has, and of several the last one counts. */
export interface Commands {
  /** Until what it returns is called. */
  offer(name: CommandName, run: () => void): () => void;
  /** Whether there was one to run. */
  run(name: CommandName): boolean;
  /** Those that somebody offers, in the order of the table. The same array while nothing changes. */
  offered(): readonly KeyCommand[];
  subscribe(listener: () => void): () => void;
}

function createCommands(): Commands {
  const offers = new Map<CommandName, readonly (() => void)[]>();
  const changed = createListeners();
  let known: readonly KeyCommand[] | undefined;

  function set(name: CommandName, next: readonly (() => void)[]): void {
    offers.set(name, next);
    known = undefined;
    changed.wakeAll();
  }

  const of = (name: CommandName) => offers.get(name) ?? [];
  return {
    offer(name, run) {
      set(name, [...of(name), run]);
      return () =>
        set(
          name,
          of(name).filter((one) => one !== run),
        );
    },
    run(name) {
      const run = of(name).at(-1);
      run?.();
      return run !== undefined;
    },
    offered: () => (known ??= keyTable.filter(({ name }) => of(name).length > 0)),
    subscribe: changed.add,
  };
}

/** Those of the page. */
export const commands = createCommands();
