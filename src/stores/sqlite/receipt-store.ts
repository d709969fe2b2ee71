import type { Receipts } from "../../core/receipts.ts";
import type { prepareReceiptReader } from "./receipt-reader.ts";
import type { ReceiptWriter } from "./receipts.ts";
import type { watchVersion } from "./watch-version.ts";
import type { Writer } from "./writer.ts";

export interface ReceiptStoreParts {
  /** Throws when the store is closed. */
  readonly assertOpen: () => void;
  readonly write: Writer["write"];
  readonly writer: ReceiptWriter;
  readonly reader: ReturnType<typeof prepareReceiptReader>;
  readonly changes: ReturnType<typeof watchVersion>;
}

/** Async functions turn the throw of `assertOpen` into a rejection. */
export function createReceiptStore({ assertOpen, write, writer, reader, changes }: ReceiptStoreParts): Receipts {
  const asking =
    <Question extends unknown[], Answer>(ask: (...question: Question) => Answer) =>
    async (...question: Question): Promise<Answer> => {
      assertOpen();
      return ask(...question);
    };

  return {
    async record(marks) {
      assertOpen();
      const changed = await write(() => writer.record(marks));
      changes.look();
      return changed;
    },
    of: asking(reader.of),
    waiting: asking(reader.waiting),
    unacknowledged: asking(reader.unacknowledged),
    unread: asking(reader.unread),
    open: asking(reader.open),
    unnoticed: asking(reader.unnoticed),
    failed: asking(reader.failed),
    nextDue: asking(reader.nextDue),
    held: asking(reader.held),
    due: asking(reader.due),
    changes: asking(reader.changes),
    lastChange: asking(reader.lastChange),
    watch: changes.watch,
  };
}
