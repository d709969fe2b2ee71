import { useQuery, useQueryClient } from "@tanstack/react-query";
import { visible } from "../../../../src/core/visible.ts";
import { age } from "../../../../src/view/ages.ts";
import { client } from "../../bridge/bridge.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { useNow } from "../../parts/now.ts";
import { Section } from "../../parts/screen.tsx";
import { Row, Rows } from "./rows.tsx";
import { whoKey } from "./use-machines.ts";

/** Join codes that are out. The codes themselves were shown once, to whoever made them. */
export function Invitations() {
  const now = useNow();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: [...whoKey, "invitations"],
    queryFn: ({ signal }) => client.invitations({ signal }),
  });
  const out = (data ?? []).filter(({ state, expiresAt }) => state === "out" && expiresAt > now);
  if (out.length === 0) return undefined;

  async function revoke(id: string) {
    await client.revokeInvitation(id);
    await queries.invalidateQueries({ queryKey: whoKey });
  }

  return (
    <Section title="Invitations" note={`${out.length} open`}>
      <Rows>
        {out.map(({ id, kind, name, expiresAt, permissions, wrongTries }) => (
          <Row
            key={id}
            name={name === undefined ? `a ${kind}` : `${visible(name)}, a ${kind}`}
            facts={[
              `expires in ${age(expiresAt - now)}`,
              `may ${permissions.join(", ")}`,
              ...(wrongTries === 0 ? [] : [`${wrongTries} wrong tries`]),
            ]}
            action={
              <Confirm
                action="Take back"
                label={`Take back the invitation of ${name === undefined ? `a ${kind}` : visible(name)}`}
                title="Take this join code back?"
                onConfirm={() => revoke(id)}
              >
                <p>Nobody can join with it any more. Who has joined with another one stays.</p>
              </Confirm>
            }
          />
        ))}
      </Rows>
    </Section>
  );
}
