import { visible } from "../../../../src/core/visible.ts";
import { age } from "../../../../src/view/ages.ts";
import { useNow } from "../../parts/now.ts";
import { Section } from "../../parts/screen.tsx";
import { RevokeButton } from "./revoke-button.tsx";
import { Rows, Row } from "./rows.tsx";
import { usePrincipals } from "./use-machines.ts";

/** People and services that have a credential. */
export function OtherPrincipals() {
  const now = useNow();
  const others = (usePrincipals() ?? []).filter(({ kind, revokedAt }) => kind !== "machine" && revokedAt === undefined);
  if (others.length === 0) return undefined;
  return (
    <Section title="People and services">
      <Rows>
        {others.map((principal) => (
          <Row
            key={principal.id}
            name={visible(principal.name)}
            facts={[
              principal.kind,
              `since ${age(now - principal.createdAt)}`,
              ...(principal.lastSeenAt === undefined ? [] : [`last seen ${age(now - principal.lastSeenAt)} ago`]),
              ...(principal.lastAddress === undefined ? [] : [visible(principal.lastAddress)]),
            ]}
            action={<RevokeButton principal={principal} />}
          />
        ))}
      </Rows>
    </Section>
  );
}
