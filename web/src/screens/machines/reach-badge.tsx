import type { Agent } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { age } from "../../../../src/view/ages.ts";
import { useNow } from "../../parts/now.ts";
import "./reach-badge.css";

const looks = { wakes: "ok", "next step": "info", "by hand": "warn", away: "away" } as const;
const glyphs = { wakes: "●", "next step": "◐", "by hand": "○", away: "·" } as const;

/** Whether a message to an agent would be noticed, and what that is taken from. */
export function ReachBadge({ agent }: { readonly agent: Agent }) {
  const { reach } = agent;
  return (
    <span className={`reach reach-${looks[reach] ?? "away"}`}>
      <span aria-hidden="true">{glyphs[reach] ?? "·"}</span> <span className="reach-word">{visible(reach)}</span>{" "}
      <span className="reach-why">{whyOf(agent, useNow())}</span>
    </span>
  );
}

/** "not heard of since" is for a time to follow. */
function awayWords(reason: string, ago: string | undefined): string {
  if (ago === undefined) return reason;
  return reason.endsWith(" since") ? `${reason.slice(0, -" since".length)} for ${ago}` : `${reason}, ${ago} ago`;
}

function whyOf({ reach, way, provedAt, reason, awaySince }: Agent, now: number): string {
  switch (reach) {
    case "wakes":
      return provedAt === undefined ? "" : `proved ${age(now - provedAt)} ago by ${visible(way ?? "itself")}`;
    case "next step":
      return "sees it at its next tool call";
    case "by hand":
      return "only when somebody prompts it";
    case "away":
      return awayWords(visible(reason ?? ""), awaySince === undefined ? undefined : age(now - awaySince));
  }
}
