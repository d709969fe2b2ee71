import { describe } from "vitest";
import { agents } from "./store-contract/agents.ts";
import { appending } from "./store-contract/appending.ts";
import { auditing } from "./store-contract/auditing.ts";
import { clearing } from "./store-contract/clearing.ts";
import { closing } from "./store-contract/closing.ts";
import { counting } from "./store-contract/counting.ts";
import { cursors } from "./store-contract/cursors.ts";
import { finding } from "./store-contract/finding.ts";
import type { OpenStore } from "./store-contract/fixture.ts";
import { idempotency } from "./store-contract/idempotency.ts";
import { limiting } from "./store-contract/limiting.ts";
import { pruning } from "./store-contract/pruning.ts";
import { receiptChanges, receiptDuties, receipts } from "./store-contract/receipts.ts";
import { receiptNeeds } from "./store-contract/receipt-needs.ts";
import { registering } from "./store-contract/registering.ts";
import { reading } from "./store-contract/reading.ts";
import { restoring } from "./store-contract/restoring.ts";
import { searching, searchingReceipts } from "./store-contract/searching.ts";
import { texts } from "./store-contract/texts.ts";
import { watching } from "./store-contract/watching.ts";

const sections: readonly (readonly [string, (open: OpenStore) => void])[] = [
  ["append", appending],
  ["idempotency keys", idempotency],
  ["limits", limiting],
  ["read and tail", reading],
  ["find", finding],
  ["search", searching],
  ["search by receipts", searchingReceipts],
  ["remaining, channels and totals", counting],
  ["clear", clearing],
  ["restore", restoring],
  ["prune", pruning],
  ["cursors", cursors],
  ["watch", watching],
  ["names and texts", texts],
  ["receipts", receipts],
  ["receipts that need a person", receiptNeeds],
  ["receipts with a time", receiptDuties],
  ["changes of receipts", receiptChanges],
  ["agents", agents],
  ["registry", registering],
  ["audit", auditing],
  ["close", closing],
];

/** What every engine promises (`core/store.ts`). Run it from a short test beside the engine. */
export function describeStore(name: string, open: OpenStore): void {
  describe(`${name} keeps the store contract`, () => {
    for (const [part, section] of sections) {
      describe(`${part}`, () => {
        section(open);
      });
    }
  });
}
