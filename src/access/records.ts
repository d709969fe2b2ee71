import type { AuditEvent } from "../core/audit.ts";
import { BridgeError } from "../core/errors.ts";
import type { Amendment, Registry, RegistryRecord } from "../core/registry.ts";
import { type Kept, type RecordBody, recordBodies, type RecordKind } from "./record-bodies.ts";

/** The registry, read into memory: every request asks it, and it is small. */
export interface Records {
  /** Another number after each change, so that what was made of the records can be kept until then. */
  generation(): number;
  all<Kind extends RecordKind>(kind: Kind): readonly Kept<Kind>[];
  get<Kind extends RecordKind>(kind: Kind, id: string): Kept<Kind> | undefined;
  /**
   * Writes what `plan` makes of the records as they are; plans again when somebody else was faster. Afterwards the
   * records here are the new ones.
   */
  change<Result>(plan: () => Plan<Result>): Promise<Result>;
  /** Calls `wake` after any change, by any process, when it can be read here. Returns the unsubscribe. */
  watch(wake: () => void): () => void;
  close(): void;
}

export interface Plan<Result> {
  readonly changes: readonly Amendment[];
  readonly events: readonly AuditEvent[];
  readonly result: Result;
}

/** A new record, or a new body for one that is there. */
export function put<Kind extends RecordKind>(
  kind: Kind,
  id: string,
  body: RecordBody<Kind>,
  was?: { readonly version: number },
): Amendment {
  return { kind, id, version: was?.version ?? 0, body: JSON.stringify(recordBodies[kind].parse(body)) };
}

export const remove = (kind: RecordKind, { id, version }: { readonly id: string; readonly version: number }) =>
  ({ kind, id, version, body: undefined }) satisfies Amendment;

/** Two who change the same record meet once or twice; more often it is a fault of ours. */
const maxTries = 5;

export async function createRecords(registry: Registry, onError: (error: unknown) => void): Promise<Records> {
  const watchers = new Set<() => void>();
  let known = read(await registry.records());
  let reloading: Promise<void> | undefined;
  let isStale = false;
  let generation = 0;

  /** Changes that come while it reads are read too. */
  function reload(): Promise<void> {
    isStale = true;
    reloading ??= (async () => {
      while (isStale) {
        isStale = false;
        known = read(await registry.records());
        generation += 1;
      }
    })().finally(() => {
      reloading = undefined;
    });
    return reloading;
  }

  const unwatch = registry.watch(() => {
    reload().then(() => {
      for (const wake of watchers) wake();
    }, onError);
  });

  return {
    generation: () => generation,
    all: (kind) => [...(known.get(kind)?.values() ?? [])] as never,
    get: (kind, id) => known.get(kind)?.get(id) as never,

    async change(plan) {
      for (let tries = 1; ; tries += 1) {
        const { changes, events, result } = plan();
        try {
          await registry.amend(changes, events);
          await reload();
          return result;
        } catch (error) {
          if (!(error instanceof BridgeError) || error.code !== "conflict" || tries === maxTries) throw error;
          await reload();
        }
      }
    },

    watch(wake) {
      const watcher = () => wake();
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },

    close() {
      unwatch();
      watchers.clear();
    },
  };
}

type Known = Map<string, Map<string, Kept<RecordKind>>>;

/** What a newer bridge has written is left alone. */
function read(records: readonly RegistryRecord[]): Known {
  const known: Known = new Map();
  for (const { kind, id, version, body } of records) {
    if (!isKnown(kind)) continue;
    const parsed = recordBodies[kind].safeParse(JSON.parse(body));
    if (!parsed.success) continue;
    const ofKind = known.get(kind) ?? new Map<string, Kept<RecordKind>>();
    known.set(kind, ofKind.set(id, { ...parsed.data, id, version } as Kept<RecordKind>));
  }
  return known;
}

const isKnown = (kind: string): kind is RecordKind => Object.hasOwn(recordBodies, kind);
