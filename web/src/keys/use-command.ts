import { useEffect, useEffectEvent } from "react";
import { commands } from "./commands.ts";
import type { CommandName } from "./key-table.ts";

/**
 * Says what a command does while this is shown and `isEnabled`: its key does it then, and it is in the palette. Of two
 * that are shown, the one that came last counts.
 */
export function useCommand(name: CommandName, run: () => void, isEnabled = true): void {
  const current = useEffectEvent(run);
  useEffect(() => (isEnabled ? commands.offer(name, () => current()) : undefined), [name, isEnabled]);
}
