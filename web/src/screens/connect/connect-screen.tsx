import { Tabs } from "@base-ui/react/tabs";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { anyPerson } from "../../../../src/core/agent-name.ts";
import { visible } from "../../../../src/core/visible.ts";
import { client, useLiveState, useSession } from "../../bridge/bridge.tsx";
import { useMay } from "../../bridge/rights.ts";
import { CopyLine } from "../../parts/copy-line.tsx";
import { Screen, Section } from "../../parts/screen.tsx";
import { paths } from "../../routes.ts";
import { useMachines, whoKey } from "../machines/use-machines.ts";
import "./connect-screen.css";
import { JoinCode } from "./join-code.tsx";
import { clientLines, isLoopback } from "./lines.ts";

/** How machines and clients come to talk to this bridge. */
export function ConnectScreen() {
  const mayInvite = useMay("admin");
  const asksForCredential = useAsksForCredential();
  return (
    <Screen title="Connect a machine">
      <Section title="Another machine">
        <div className="connect-body">
          {mayInvite ? <JoinCode /> : <p>An administrator of this bridge can make a join code.</p>}
          {asksForCredential || !mayInvite ? undefined : (
            <p className="connect-note">
              This bridge asks nobody who they are yet. From the first machine that joins it does: agents here that came
              without a credential join then, too. This browser stays signed in.
            </p>
          )}
        </div>
      </Section>
      <Section
        title="Connect a client"
        note={
          isLoopback(location.origin) ? `on this machine, which reaches the bridge at ${location.origin}` : undefined
        }
      >
        <ClientLines />
      </Section>
      <WhoIsHere />
    </Screen>
  );
}

/** As it is now: a machine that joins while one looks makes another bridge of it. */
function useAsksForCredential(): boolean {
  const { asksForCredential } = useSession();
  const queryKey = [...whoKey, "session"];
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => client.session({ signal }) });
  return data?.asksForCredential ?? asksForCredential;
}

function ClientLines() {
  const asksForCredential = useAsksForCredential();
  const lines = clientLines(location.origin, asksForCredential);
  return (
    <Tabs.Root className="connect-tabs" defaultValue={lines[0]?.name}>
      <Tabs.List className="connect-tab-list" aria-label="Clients">
        {lines.map(({ name }) => (
          <Tabs.Tab key={name} value={name} className="connect-tab">
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {lines.map(({ name, note, text }) => (
        <Tabs.Panel key={name} value={name} className="connect-panel">
          <p>{note}</p>
          <CopyLine text={text} label={`the line for ${name}`} />
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

/** Grows by itself while somebody joins elsewhere. */
function WhoIsHere() {
  const machines = useMachines();
  const hasAgent = useLiveState((state) => [...state.agents.keys()].some((name) => name !== anyPerson));
  const named = machines.flatMap(({ name }) => (name === undefined ? [] : [visible(name)]));
  if (!hasAgent && named.length === 0) return undefined;
  return (
    <Section title="Here already">
      <p className="section-text">
        {named.length === 0 ? "Agents without a machine of their own" : named.join(", ")}.{" "}
        <Link href={paths.machines}>Look at them</Link>
      </p>
    </Section>
  );
}
