import { useSyncExternalStore } from "react";
import type { ReceivedMessage } from "../../../src/client/index.ts";
import { createListeners } from "../../../src/core/listeners.ts";

let answered: ReceivedMessage | undefined;
const changed = createListeners();

function set(message: ReceivedMessage | undefined): void {
  answered = message;
  changed.wakeAll();
}

/** The message that the next one from here answers, and how to choose another or none. */
export const useReply = (): readonly [ReceivedMessage | undefined, (message: ReceivedMessage | undefined) => void] => [
  useSyncExternalStore(changed.add, () => answered),
  set,
];
