import type { Amendment, Registry, RegistryRecord } from "../core/registry.ts";
import { checkAmendment, checkRoom } from "./registry-checks.ts";

/** The reference. `commit` writes the audit and wakes whoever watches. */
export function createMemoryRegistry(commit: (events: Parameters<Registry["amend"]>[1]) => void) {
  const records = new Map<string, RegistryRecord>();
  const keyOf = ({ kind, id }: Pick<Amendment, "kind" | "id">) => JSON.stringify([kind, id]);

  return {
    list: (): readonly RegistryRecord[] =>
      [...records.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record),

    amend(changes: readonly Amendment[], events: Parameters<Registry["amend"]>[1]): void {
      for (const change of changes) checkAmendment(change, records.get(keyOf(change))?.version);
      checkRoom(records.size, changes);
      for (const { kind, id, version, body } of changes) {
        if (body === undefined) records.delete(keyOf({ kind, id }));
        else records.set(keyOf({ kind, id }), { kind, id, version: version + 1, body });
      }
      commit(events);
    },
  };
}
