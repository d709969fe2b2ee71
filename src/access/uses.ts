import type { Clock } from "../core/clock.ts";
import { useDelayMs, useNoteMs } from "../core/limits.ts";
import { put, type Records } from "./records.ts";

/**
 * When credentials were last used, and from where. Known at once here, and written down a little later, for all of them
 * together: no request waits for it.
 */
export interface Uses {
  note(credential: string, address: string | undefined): void;
  last(credential: string): Use | undefined;
  /** Writes what is kept back. */
  close(): Promise<void>;
}

export interface Use {
  readonly at: number;
  readonly address?: string | undefined;
}

export function createUses(records: Records, clock: Clock, onError: (error: unknown) => void): Uses {
  const seen = new Map<string, Use>();
  const unwritten = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  const last = (credential: string): Use | undefined => {
    const [here, written] = [seen.get(credential), records.get("use", credential)];
    return here === undefined || (written !== undefined && written.at > here.at) ? written : here;
  };

  function write(): void {
    timer = undefined;
    const ids = [...unwritten];
    unwritten.clear();
    writing = records.change(() => ({ changes: ids.flatMap(changeOf), events: [], result: undefined })).catch(onError);
  }

  /** Nothing for a credential of which another process knows better. */
  function changeOf(id: string) {
    const [use, was] = [seen.get(id), records.get("use", id)];
    if (use === undefined || (was !== undefined && was.at >= use.at)) return [];
    return [put("use", id, { at: use.at, address: use.address }, was)];
  }

  return {
    note(credential, address) {
      const at = clock.now();
      const before = seen.get(credential);
      if (before !== undefined && at - before.at < useNoteMs && before.address === address) return;
      seen.set(credential, { at, address });
      if (at - (records.get("use", credential)?.at ?? 0) < useNoteMs) return;
      unwritten.add(credential);
      timer ??= setTimeout(write, useDelayMs).unref();
    },
    last,
    async close() {
      clearTimeout(timer);
      if (unwritten.size > 0) write();
      await writing;
    },
  };
}
