import { Link } from "wouter";
import { useMay } from "../../bridge/rights.ts";
import { Screen, Section } from "../../parts/screen.tsx";
import { paths } from "../../routes.ts";
import { Browsers } from "./browsers.tsx";
import { Invitations } from "./invitations.tsx";
import { MachineCard } from "./machine-card.tsx";
import "./machines-screen.css";
import { OtherPrincipals } from "./other-principals.tsx";
import { useMachines } from "./use-machines.ts";
import { useTraffic } from "./use-traffic.ts";

/** Who there is, whether a message would be noticed there, and who may come in. */
export function MachinesScreen() {
  const machines = useMachines();
  const traffic = useTraffic();
  const isAdmin = useMay("admin");
  return (
    <Screen
      title="Machines"
      beside={
        <Link href={paths.connect} className="button shell-bar-rest machines-connect">
          Connect a machine
        </Link>
      }
    >
      {machines.length === 0 ? (
        <p className="machines-empty">
          No agent was here yet. <Link href={paths.connect}>Connect one</Link>
        </p>
      ) : (
        <div className="machines">
          {machines.map((machine) => (
            <MachineCard key={machine.name ?? ""} machine={machine} traffic={traffic} />
          ))}
        </div>
      )}
      {isAdmin ? (
        <>
          <OtherPrincipals />
          <Invitations />
          <Browsers />
        </>
      ) : (
        <Section title="Who may come in">
          <p className="section-text">
            Addresses, credentials, invitations and browsers are shown to administrators of the bridge.
          </p>
        </Section>
      )}
    </Screen>
  );
}
