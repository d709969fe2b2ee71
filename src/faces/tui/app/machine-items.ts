import type { Agent } from "../../../client/index.ts";
import { isAway, machinesOf } from "./side-items.ts";

/** A row of "Machines". */
export type MachineItem =
  | {
      readonly kind: "machine";
      readonly key: string;
      readonly name: string;
      readonly agents: readonly Agent[];
      readonly isAway: boolean;
    }
  | { readonly kind: "agent"; readonly key: string; readonly agent: Agent };

export const machineItemsOf = (agents: ReadonlyMap<string, Agent>): readonly MachineItem[] =>
  machinesOf(agents).flatMap(([name, own]): readonly MachineItem[] => [
    { kind: "machine", key: `machine ${name}`, name, agents: own, isAway: isAway(own) },
    ...own.map((agent) => ({ kind: "agent" as const, key: `agent ${agent.name}`, agent })),
  ]);
