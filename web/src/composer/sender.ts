import { anyPerson } from "../../../src/core/agent-name.ts";
import { maxLabelLength } from "../../../src/core/limits.ts";
import { useSession } from "../bridge/bridge.tsx";
import { createSetting, useSetting } from "../settings/setting.ts";

/** Names that this browser has written under, the last one first. */
const sendersSetting = createSetting<readonly string[]>("senders", [anyPerson], (stored) =>
  Array.isArray(stored) && stored.length > 0 ? stored.filter((name) => typeof name === "string") : undefined,
);
const mostRemembered = 8;

interface Sender {
  readonly name: string;
  /** The bridge knows who this is: the name is not for choice. */
  readonly isProved: boolean;
  readonly others: readonly string[];
  choose(name: string): void;
}

/** Who writes from here. Without credentials a sender is a label, and anybody may take any. */
export function useSender(): Sender {
  const { who } = useSession();
  const [senders, setSenders] = useSetting(sendersSetting);
  return {
    name: who?.name ?? senders[0] ?? anyPerson,
    isProved: who !== undefined,
    others: [...new Set([...senders, anyPerson])],
    choose(name) {
      const chosen = name.trim().slice(0, maxLabelLength) || anyPerson;
      setSenders([chosen, ...senders.filter((other) => other !== chosen)].slice(0, mostRemembered));
    },
  };
}
