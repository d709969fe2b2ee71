import { useMemo } from "react";
import { Link } from "wouter";
import { visible } from "../../../src/core/visible.ts";
import { age } from "../../../src/view/ages.ts";
import { doingWords, type Machine, machinesOf, roleName } from "../../../src/view/machines.ts";
import { markOf } from "../../../src/view/sender.ts";
import { useLiveState } from "../bridge/bridge.tsx";
import { useNow } from "../parts/now.ts";
import { paths } from "../routes.ts";

/** The rest is on the screen of machines. */
const mostShown = 12;

/** Who is where, and what they do. */
export function RailMachines() {
  const agents = useLiveState((state) => state.agents);
  const machines = useMemo(() => machinesOf(agents.values()), [agents]);
  if (machines.length === 0) return undefined;
  return (
    <section>
      <h2>
        <Link href={paths.machines} className="rail-heading-link">
          Machines
        </Link>
      </h2>
      <ul>
        {machines.slice(0, mostShown).map((machine) => (
          <MachineItem key={machine.name ?? ""} machine={machine} />
        ))}
      </ul>
      {machines.length > mostShown ? (
        <Link href={paths.machines} className="rail-link rail-agent">
          and {machines.length - mostShown} more
        </Link>
      ) : undefined}
    </section>
  );
}

function MachineItem({ machine: { name, agents, isHere, awaySince } }: { readonly machine: Machine }) {
  const now = useNow();
  const count = agents.length === 1 ? "1 agent" : `${agents.length} agents`;
  const away = awaySince === undefined ? "away" : `away ${age(now - awaySince)}`;
  return (
    <li>
      <p className="rail-machine">
        <span
          className={isHere ? `rail-dot hue-${markOf(agents[0]?.name ?? "").hue}` : "rail-dot rail-dot-away"}
          aria-hidden="true"
        />
        <bdi className="rail-name">{name === undefined ? "elsewhere" : visible(name, { keepsLines: false })}</bdi>
        <span className="rail-count">{isHere ? count : away}</span>
      </p>
      {isHere ? (
        <ul>
          {agents.map((agent) => (
            <li key={agent.name} className="rail-agent">
              <bdi>{roleName(agent)}</bdi> · {doingWords(agent, now)}
            </li>
          ))}
        </ul>
      ) : undefined}
    </li>
  );
}
