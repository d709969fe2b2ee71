import type { Agent } from "../../../client/index.ts";
import type { Token } from "../../../view/tokens.ts";
import { age } from "../../../view/ages.ts";
import type { MachineItem } from "../app/machine-items.ts";
import type { Screenful } from "../app/view.ts";
import { bold, fitLine, gap, type Line, span, spread } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { senderSpans } from "./message-row.ts";

export function machineLine({ now, layout }: Screenful, item: MachineItem, width: number): Line {
  if (item.kind === "machine") {
    const count = item.agents.length === 1 ? "1 agent" : `${item.agents.length} agents`;
    const dot = item.isAway ? span("○ ", "faint") : span("● ", "ok");
    return spread([dot, bold(shown(item.name, 60))], [span(item.isAway ? "away" : count, "faint"), gap(1)], width);
  }
  const { agent } = item;
  const isWide = layout.list.width >= 76;
  const left: Line = [
    gap(2),
    ...fitLine(senderSpans(agent.name), isWide ? 28 : 20),
    gap(1),
    ...fitLine([reachSpan(agent)], 10),
    span(shown(doingOf(agent, now)), "muted"),
  ];
  const client = agent.client === undefined ? "" : `${agent.client.name} ${agent.client.version}`;
  const right = isWide ? [span(shown(agent.project ?? client, 40), "faint"), gap(1)] : [];
  return spread(left, right, width);
}

function reachSpan({ reach }: Agent) {
  return span(reach, reachColours[reach] ?? "muted");
}

const reachColours: Readonly<Record<string, Token>> = {
  wakes: "ok",
  "next step": "info",
  "by hand": "warn",
  away: "faint",
};

function doingOf({ doing, waitingOn, reach, reason, awaySince, lastSeen }: Agent, now: number): string {
  if (reach === "away") return `${reason ?? "away"} ${age(now - (awaySince ?? lastSeen))}`;
  if (doing === "waiting" && waitingOn !== undefined) return `waiting on ${waitingOn}`;
  return doing === "working" ? doing : `${doing} ${age(now - lastSeen)}`;
}
