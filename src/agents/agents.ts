import type { Agents } from "../core/agents.ts";
import type { Clock } from "../core/clock.ts";
import type { Directory } from "../core/directory.ts";
import { createLoopGuard } from "../core/loop-guard.ts";
import type { Store } from "../core/store.ts";
import type { WakeRules } from "../core/wake-rules.ts";
import { createKnownNames } from "./known-names.ts";
import { createNotices } from "./notices.ts";
import { createOutlook } from "./outlook.ts";
import { createPresence } from "./presence.ts";
import { createRouting } from "./routing.ts";
import { createTimekeeper, type Timer } from "./timekeeper.ts";

export interface AgentsOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Machines and persons that have joined. */
  readonly directory: Pick<Directory, "list">;
  /** What operators say of what wakes whom; without it, agents are woken by what is for them. */
  readonly wakeRules?: Pick<WakeRules, "list"> | undefined;
  /** Called with what went wrong beside an answer. */
  readonly onError: (error: unknown) => void;
  /** By which duties are seen to at their time. */
  readonly timer?: Timer | undefined;
}

/** Who is there, and what becomes of a message that is for somebody. Begins to see to what is due. */
export function createAgents({ store, clock, directory, wakeRules = noRules, onError, timer }: AgentsOptions): Agents {
  const guard = createLoopGuard();
  const presence = createPresence({ store, clock, onError });
  const { list, find, watch, note, see, enter, gave, follows } = presence;
  const knownNames = createKnownNames(presence, directory, clock);
  const notify = createNotices(store);
  const timekeeper = createTimekeeper({ store, clock, notify, onError, timer });
  return {
    list,
    find,
    watch,
    note,
    see,
    enter,
    gave,
    follows,
    route: createRouting({ knownNames, presence, wakeRules, guard, clock }),
    breakers: () => guard.list(clock.now()),
    reopen: guard.reopen,
    outlook: createOutlook(presence, clock),
    notify,
    async close() {
      await timekeeper.close();
      await presence.close();
    },
  };
}

const noRules = { list: () => [] };
