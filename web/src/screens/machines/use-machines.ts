import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Agent, CredentialInfo, PrincipalInfo } from "../../../../src/client/index.ts";
import { anyPerson, folded } from "../../../../src/core/agent-name.ts";
import { client, useLiveState } from "../../bridge/bridge.tsx";
import { useMay } from "../../bridge/rights.ts";

/** A machine with the agents on it. */
export interface Machine {
  /** Undefined for agents that prove no machine. */
  readonly name: string | undefined;
  readonly agents: readonly Agent[];
  /** As the bridge knows it; only administrators are told. */
  readonly principal: PrincipalInfo | undefined;
  /** Its credentials that are accepted now. */
  readonly credentials: readonly CredentialInfo[];
}

/** All of who there is hangs on this: what lets somebody in or cuts somebody off asks for it anew. */
export const whoKey = ["who"] as const;

/** Only administrators may ask; nobody else does. */
export function usePrincipals(): readonly PrincipalInfo[] | undefined {
  const enabled = useMay("admin");
  const queryKey = [...whoKey, "principals"];
  return useQuery({ queryKey, queryFn: ({ signal }) => client.principals({ signal }), enabled }).data;
}

function useCredentials(): readonly CredentialInfo[] | undefined {
  const enabled = useMay("admin");
  const queryKey = [...whoKey, "credentials"];
  return useQuery({ queryKey, queryFn: ({ signal }) => client.credentials({ signal }), enabled }).data;
}

/** Every machine that is known: those with agents as everybody sees them, and those that joined as administrators do. */
export function useMachines(): readonly Machine[] {
  const agents = useLiveState((state) => state.agents);
  const principals = usePrincipals();
  const credentials = useCredentials();
  return useMemo(() => {
    const people = new Set((principals ?? []).filter(({ kind }) => kind === "person").map(({ name }) => folded(name)));
    const shown = [...agents.values()].filter(({ name }) => name !== anyPerson && !people.has(folded(name)));
    const byMachine = Map.groupBy(shown, ({ machine }) => machine && folded(machine));
    const joined = (principals ?? []).filter(({ kind, revokedAt }) => kind === "machine" && revokedAt === undefined);
    const named = new Map(joined.map((principal) => [folded(principal.name), principal]));
    const keys = new Set([...named.keys(), ...byMachine.keys()]);
    return [...keys]
      .map((key): Machine => {
        const principal = named.get(key ?? "");
        const own = byMachine.get(key) ?? [];
        const id = principal?.id;
        return {
          name: key === undefined ? undefined : (principal?.name ?? own[0]?.machine),
          agents: own.toSorted((a, b) => a.name.localeCompare(b.name)),
          principal,
          credentials: (credentials ?? []).filter((one) => one.principal === id && one.secrets > 0),
        };
      })
      .toSorted(byName);
  }, [agents, principals, credentials]);
}

const byName = (a: Machine, b: Machine) =>
  Number(a.name === undefined) - Number(b.name === undefined) || (a.name ?? "").localeCompare(b.name ?? "");
