import { createListeners } from "../core/listeners.ts";
import type { Registry, RegistryRecord } from "../core/registry.ts";
import { type Kept, recordBodies, type RecordKind } from "./record-bodies.ts";

/** The registry's records as this process has read them last; read again after each change by anybody. */
export interface RecordCopy {
  records(): KnownRecords;
  /** Another number each time that they were read. */
  generation(): number;
  /** Resolves when what is in the registry now can be read here. */
  reload(): Promise<void>;
  /** Calls `wake` after any change, by any process, when it can be read here. Returns the unsubscribe. */
  watch(wake: () => void): () => void;
  close(): void;
}

export type KnownRecords = ReadonlyMap<string, ReadonlyMap<string, Kept<RecordKind>>>;

/** How soon records that could not be read are read again. */
const retryMs = 1_000;

export async function copyRecords(registry: Registry, onError: (error: unknown) => void): Promise<RecordCopy> {
  const listeners = createListeners();
  let known = read(await registry.records());
  let generation = 0;
  let reloading: Promise<void> | undefined;
  let isStale = false;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

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

  function onChange(): void {
    reload().then(() => {
      listeners.wakeAll();
    }, onUnreadable);
  }

  /** A revocation may be in what could not be read. */
  function onUnreadable(error: unknown): void {
    if (isClosed) return;
    onError(error);
    clearTimeout(retry);
    retry = setTimeout(onChange, retryMs).unref();
  }

  const unwatch = registry.watch(onChange);
  return {
    records: () => known,
    generation: () => generation,
    reload,
    watch: listeners.add,
    close() {
      isClosed = true;
      clearTimeout(retry);
      unwatch();
      listeners.clear();
    },
  };
}

/** What a newer bridge has written is left alone. */
function read(records: readonly RegistryRecord[]): KnownRecords {
  const known = new Map<string, Map<string, Kept<RecordKind>>>();
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
