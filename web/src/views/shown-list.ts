import { useEffect, useSyncExternalStore } from "react";
import { createListeners } from "../../../src/core/listeners.ts";
import type { MessageRow, Row } from "../../../src/view/live/rows.ts";

/** The list that is on the screen, for what stands beside it and goes along it. */
let shown: readonly Row[] = [];
const changed = createListeners();

/** Says that these rows are on the screen, for as long as they are. */
export function useShownList(rows: readonly Row[]): void {
  useEffect(() => {
    set(rows);
    return () => set([]);
  }, [rows]);
}

function set(rows: readonly Row[]): void {
  shown = rows;
  changed.wakeAll();
}

/** The messages of the list, in its order. */
export function useMessagesShown(): readonly MessageRow[] {
  const rows = useSyncExternalStore(changed.add, () => shown);
  return rows.filter((row) => row.kind === "message");
}
