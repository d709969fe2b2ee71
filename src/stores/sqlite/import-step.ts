import type { DatabaseSync } from "node:sqlite";
import type { MessageId } from "../../core/message.ts";
import type { Epoch } from "../../core/message-id.ts";
import { type ForeignRow, prepareCopy } from "./copy-messages.ts";
import { type Ledger, prepareLedger } from "./ledger.ts";
import { prepare } from "./prepare.ts";
import { prepareReader } from "./reader.ts";
import { createWriter } from "./writer.ts";

export interface Imported {
  readonly imported: number;
  /** Messages that were there already. */
  readonly skipped: number;
}

/** What an import does with the messages in `table`, which has the original's columns: some at a time. */
export function prepareImport(database: DatabaseSync, table: string) {
  const { epoch } = prepare<{ epoch: Epoch }>(database, "SELECT epoch FROM main.bridge").get() ?? { epoch: "" };
  const { find } = prepareReader(database, epoch);
  const copy = prepareCopy(database, table);
  const openLedger = prepareLedger(database, () => Number.POSITIVE_INFINITY);
  const { write } = createWriter({ database, openLedger, onCommit() {} });
  const isNew = ({ id }: { readonly id: MessageId }) => find(id) === undefined;
  return {
    write,
    /** Copies those that are not there yet, in one transaction; returns how many. */
    copyMissing: (rows: readonly ForeignRow[]): Promise<number> =>
      write((ledger: Ledger) => {
        let copied = 0;
        for (const row of rows) {
          // Asked one by one, as an id may be in them twice.
          if (!isNew(row)) continue;
          copy(ledger, row);
          copied += 1;
        }
        return copied;
      }),
  };
}
