import { useMutation, useQueryClient } from "@tanstack/react-query";
import { visible } from "../../../../src/core/visible.ts";
import { age } from "../../../../src/view/ages.ts";
import { client } from "../../bridge/bridge.tsx";
import { useNow } from "../../parts/now.ts";
import { AgentRow } from "./agent-row.tsx";
import { RenameButton } from "./rename-button.tsx";
import { RevokeButton } from "./revoke-button.tsx";
import { type Machine, whoKey } from "./use-machines.ts";
import type { Traffic } from "./use-traffic.ts";

interface Props {
  readonly machine: Machine;
  readonly traffic: Traffic | undefined;
}

/** A machine, what it shows to come in, and its agents. */
export function MachineCard({ machine, traffic }: Props) {
  const { name, agents, principal } = machine;
  const queries = useQueryClient();
  const shown = name === undefined ? "On no machine of their own" : visible(name);
  const { mutateAsync: rename } = useMutation({
    mutationFn: (next: string) => client.rename(principal?.id ?? "", next),
    onSuccess: () => queries.invalidateQueries({ queryKey: whoKey }),
  });
  return (
    <article className="machine-card" aria-label={shown}>
      <header className="machine-card-head">
        <h2>
          <bdi>{shown}</bdi>
        </h2>
        {principal === undefined ? undefined : (
          <div className="machine-card-actions">
            <RenameButton name={principal.name} onRename={rename} />
            <RevokeButton machine={machine} principal={principal} />
          </div>
        )}
      </header>
      <MachineFacts machine={machine} />
      {agents.length === 0 ? (
        <p className="machine-card-empty">No agent of it was heard of yet.</p>
      ) : (
        <ul>
          {agents.map((agent) => (
            <AgentRow key={agent.name} agent={agent} traffic={traffic} />
          ))}
        </ul>
      )}
    </article>
  );
}

function MachineFacts({ machine: { name, agents, principal, credentials } }: { readonly machine: Machine }) {
  const now = useNow();
  if (name === undefined) {
    return <p className="machine-card-facts">They came without a credential: their names are what they say.</p>;
  }
  const shims = [...new Set(agents.flatMap(({ shim }) => (shim === undefined ? [] : [shim])))];
  const seen = Math.max(principal?.lastSeenAt ?? 0, ...agents.map(({ lastSeen }) => lastSeen));
  const [credential] = credentials.toSorted((a, b) => b.createdAt - a.createdAt);
  const facts = [
    ...(principal?.lastAddress === undefined ? [] : [visible(principal.lastAddress)]),
    ...(shims.length === 0 ? [] : [`claude-bridge ${shims.map((shim) => visible(shim)).join(", ")}`]),
    ...(seen === 0 ? [] : [`last seen ${age(now - seen)} ago`]),
    ...(credential === undefined
      ? []
      : [`credential ${age(now - credential.createdAt)} old, ${endOf(credential, now)}`]),
    ...(credentials.length > 1 ? [`${credentials.length} credentials`] : []),
  ];
  return <p className="machine-card-facts">{facts.join(" · ")}</p>;
}

const endOf = ({ expiresAt }: { readonly expiresAt: number | undefined }, now: number) =>
  expiresAt === undefined ? "does not expire" : `expires in ${age(expiresAt - now)}`;
