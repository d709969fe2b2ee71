import { Link } from "wouter";
import type { Agent } from "../../../../src/client/index.ts";
import { roleOf } from "../../../../src/core/agent-name.ts";
import { visible } from "../../../../src/core/visible.ts";
import { age } from "../../../../src/view/ages.ts";
import { markOf } from "../../../../src/view/sender.ts";
import { useNow } from "../../parts/now.ts";
import { SenderMark } from "../../parts/sender-mark.tsx";
import { paths } from "../../routes.ts";
import { ReachBadge } from "./reach-badge.tsx";
import type { Traffic } from "./use-traffic.ts";

interface Props {
  readonly agent: Agent;
  readonly traffic: Traffic | undefined;
}

/** An agent: what it does, whether it can be reached, and what was said lately. */
export function AgentRow({ agent, traffic }: Props) {
  const { name, project, client } = agent;
  const shown = visible(roleOf(name) ?? name);
  return (
    <li className="agent-row">
      <SenderMark sender={name} />
      <div className="agent-row-said">
        <p className="agent-row-head">
          <bdi className={`agent-row-name hue-${markOf(name).hue}`}>{shown}</bdi> <Doing agent={agent} />
        </p>
        <p>
          <ReachBadge agent={agent} />
        </p>
        <p className="agent-row-more">
          {[
            ...(project === undefined ? [] : [visible(project)]),
            ...(client === undefined ? [] : [`${visible(client.name)} ${visible(client.version)}`]),
          ].map((part) => (
            <bdi key={part}>{part}</bdi>
          ))}
        </p>
        <TrafficLine agent={name} traffic={traffic} />
      </div>
      <Link
        href={paths.channel(`@${name}`)}
        className="button agent-row-message"
        aria-label={`Message ${visible(name)}`}
      >
        Message
      </Link>
    </li>
  );
}

function Doing({ agent: { reach, doing, waitingOn } }: { readonly agent: Agent }) {
  // What one that is away does, nobody knows.
  if (reach === "away") return undefined;
  return (
    <span className="agent-row-doing">
      {doing === "waiting" ? `waiting on ${visible(waitingOn ?? "something")}` : visible(doing)}
    </span>
  );
}

function TrafficLine({ agent, traffic }: { readonly agent: string; readonly traffic: Traffic | undefined }) {
  const now = useNow();
  if (traffic === undefined) return undefined;
  const { lastSentAt, lastReceivedAt, unread } = traffic.of(agent);
  const parts = [
    ...(lastReceivedAt === undefined ? [] : [`last message in ${age(now - lastReceivedAt)} ago`]),
    ...(lastSentAt === undefined ? [] : [`out ${age(now - lastSentAt)} ago`]),
  ];
  return (
    <p className="agent-row-more">
      {parts.length === 0 ? undefined : <span>{parts.join(", ")}</span>}
      {unread === 0 ? undefined : (
        <Link href={`${paths.all}?${new URLSearchParams({ q: `to:${quoted(agent)} is:unread` })}`}>
          {unread}
          {traffic.hasMoreUnread ? "+" : ""} unread
        </Link>
      )}
    </p>
  );
}

const quoted = (name: string) => (/^[\w./-]+$/.test(name) ? name : `"${name.replaceAll('"', "")}"`);
