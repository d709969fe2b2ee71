import { useQueryClient } from "@tanstack/react-query";
import type { PrincipalInfo } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { client, useSession } from "../../bridge/bridge.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { type Machine, whoKey } from "./use-machines.ts";

interface Props {
  readonly machine?: Machine;
  readonly principal: PrincipalInfo;
}

/** Cuts somebody off, after it was said what that cuts. */
export function RevokeButton({ machine, principal: { id, name, credentials } }: Props) {
  const queries = useQueryClient();
  const agents = machine?.agents ?? [];
  const isReader = useSession().who?.id === id;

  async function revoke() {
    await client.revoke(id);
    await queries.invalidateQueries({ queryKey: whoKey });
  }

  return (
    <Confirm action="Revoke" label={`Revoke ${visible(name)}`} title={`Revoke ${visible(name)}?`} onConfirm={revoke}>
      <p>
        {credentials === 1 ? "Its credential ends" : `Its ${credentials} credentials end`} at once, with every stream,
        wait and browser session that it has open.
      </p>
      {agents.length === 0 ? undefined : (
        <p>
          {agents.length === 1 ? "Its agent cannot" : `Its ${agents.length} agents cannot`} send or read any more:{" "}
          {agents.map((agent) => visible(agent.name)).join(", ")}.
        </p>
      )}
      {isReader ? <p>This is you: this page is signed out, too.</p> : undefined}
      <p>Its messages stay. To come back it needs a new join code.</p>
    </Confirm>
  );
}
