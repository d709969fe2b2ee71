import type { AgentRecord } from "../core/agent-records.ts";
import type { Store } from "../core/store.ts";

/** How long news of an agent that is known may be kept in memory, in milliseconds. */
const noteMs = 5_000;

/** Writes down what is known of agents: soon, and many at once. */
export interface Notebook {
  noteSoon(name: string): void;
  /** Writes what is not written yet. */
  write(): Promise<void>;
  hasUnwritten(name: string): boolean;
}

export function createNotebook(
  store: Pick<Store, "agents">,
  recordOf: (name: string) => AgentRecord | undefined,
  onError: (error: unknown) => void,
): Notebook {
  const unwritten = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const records = [...unwritten].flatMap((name) => recordOf(name) ?? []);
    unwritten.clear();
    if (records.length > 0) writing = writing.then(() => store.agents.note(records)).catch(onError);
    return writing;
  }

  return {
    noteSoon(name) {
      unwritten.add(name);
      timer ??= setTimeout(() => void write(), noteMs).unref();
    },
    write,
    hasUnwritten: (name) => unwritten.has(name),
  };
}
