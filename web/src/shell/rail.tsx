import type { ReactNode } from "react";
import { Link } from "wouter";
import { visible } from "../../../src/core/visible.ts";
import type { ChannelInfo } from "../../../src/view/live/channels.ts";
import { useLiveState } from "../bridge/bridge.tsx";
import { useIsHere } from "../addresses.tsx";
import { paths } from "../routes.ts";
import "./rail.css";

/** Channels by project, and who is there. */
export function Rail() {
  const channels = useLiveState((state) => state.channels);
  const all = [...(channels?.values() ?? [])];
  const total = all.reduce((sum, { messages }) => sum + messages, 0);
  return (
    <nav className="rail" aria-label="Channels and agents">
      <ul>
        <RailLink href={paths.needs}>Needs you</RailLink>
        <RailLink href={paths.all} count={total}>
          All messages
        </RailLink>
      </ul>
      {groupsOf(all).map(([project, own]) => (
        <section key={project}>
          <h2>{visible(project)}</h2>
          <ul>
            {own.map(({ name, messages }) => (
              <RailLink key={name} href={paths.channel(name)} count={messages}>
                {visible(roleOf(name))}
              </RailLink>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

interface LinkProps {
  readonly href: string;
  readonly count?: number;
  readonly children: ReactNode;
}

function RailLink({ href, count, children }: LinkProps) {
  const isHere = useIsHere(href);
  return (
    <li>
      <Link href={href} className="rail-link" aria-current={isHere ? "page" : undefined}>
        <span className="rail-name">{children}</span>
        {count === undefined ? undefined : <span className="rail-count">{count.toLocaleString("en-GB")}</span>}
      </Link>
    </li>
  );
}

/** By what stands before the colon of a channel's name; a name without one stands in a group of its own name. */
function groupsOf(channels: readonly ChannelInfo[]): readonly (readonly [string, readonly ChannelInfo[]])[] {
  const groups = Map.groupBy(channels, ({ name }) => name.split(":", 1)[0] ?? name);
  return [...groups].toSorted(([a], [b]) => a.localeCompare(b));
}

const roleOf = (name: string): string => name.slice(name.indexOf(":") + 1) || name;
