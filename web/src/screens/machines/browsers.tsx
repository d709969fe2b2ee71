import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { BrowserInfo } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { age } from "../../../../src/view/ages.ts";
import { client } from "../../bridge/bridge.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { useNow } from "../../parts/now.ts";
import { Section } from "../../parts/screen.tsx";
import { browserName } from "./browser-name.ts";
import { Row, Rows } from "./rows.tsx";
import { whoKey } from "./use-machines.ts";

/** Browsers that are signed in. */
export function Browsers() {
  const { data = [] } = useQuery({
    queryKey: [...whoKey, "browsers"],
    queryFn: ({ signal }) => client.browsers({ signal }),
  });
  if (data.length === 0) return undefined;
  return (
    <Section title="Browsers" note={`${data.length} signed in`}>
      <Rows>
        {data.map((session) => (
          <BrowserRow key={session.id} session={session} />
        ))}
      </Rows>
    </Section>
  );
}

function BrowserRow({ session: { id, principal, address, browser, lastUsedAt, expiresAt } }: { session: BrowserInfo }) {
  const now = useNow();
  const queries = useQueryClient();

  async function signOut() {
    await client.revokeBrowser(id);
    await queries.invalidateQueries({ queryKey: whoKey });
  }

  const what = `${browserName(browser)} of ${visible(principal.name)}`;
  return (
    <Row
      name={what}
      facts={[
        ...(address === undefined ? [] : [visible(address)]),
        `last used ${age(now - lastUsedAt)} ago`,
        `at most ${age(expiresAt - now)} more`,
      ]}
      action={
        <Confirm action="Sign out" label={`Sign out ${what}`} title={`Sign out ${what}?`} onConfirm={signOut}>
          <p>It is signed out at once, and what it has open ends. If it is the one you look at, you are too.</p>
        </Confirm>
      }
    />
  );
}
