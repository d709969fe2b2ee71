import type { Screenful } from "../app/view.ts";
import { bold, gap, type Line, span } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { wrap } from "../text/width.ts";
import { healthLines } from "./health.ts";

/** What stands where there are no rows: why, and what to do. */
export function emptyLines(view: Screenful, width: number, height: number): readonly Line[] {
  const { ui, feed, live, needs } = view;
  if (ui.screen === "health") return healthLines(view);
  if (ui.screen === "needs") {
    if (needs.error !== undefined) return words(needs.error, width, "error");
    if (needs.answer === undefined) return words("Asking the bridge…", width, "muted");
    const working = [...live.agents.values()].filter(({ reach }) => reach !== "away").length;
    return words(`Nothing needs you. ${working === 1 ? "1 agent is" : `${working} agents are`} here.`, width, "ok");
  }
  if (ui.screen === "machines") return words("No agent has been here yet.", width, "muted");
  if (feed.error !== undefined) return words(feed.error.message, width, "error");
  if (feed.isLoading || live.channels === undefined)
    return words(live.connection.kind === "live" ? "Reading…" : "Connecting…", width, "muted");
  if (ui.place.query !== "") return words(`Nothing fits ${ui.place.query}. Esc takes the filter off.`, width, "muted");
  if (ui.place.channel !== undefined) return words("No messages here yet. c writes the first.", width, "muted");
  return steps(view).slice(0, height);
}

const words = (text: string, width: number, colour: "muted" | "ok" | "error"): readonly Line[] => [
  [],
  ...wrap(shown(text), width - 4, 4).map((line): Line => [gap(2), span(line, colour)]),
];

/** Of a bridge that nobody has used yet. */
function steps({ settings, live }: Screenful): readonly Line[] {
  const done = span("✓ ", "ok");
  const open = span("○ ", "faint");
  return [
    [],
    [gap(2), bold("Nobody has said anything yet.")],
    [],
    [gap(2), done, span("1  this bridge runs")],
    [
      gap(2),
      live.agents.size > 0 ? done : open,
      span("2  connect Claude Code here     "),
      span("claude-bridge install", "link"),
    ],
    [
      gap(2),
      live.agents.size > 1 ? done : open,
      span("3  connect another machine      "),
      span("claude-bridge invite", "link"),
    ],
    [],
    [gap(2), span("Or send the first message:  ", "muted"), span(`claude-bridge send general "hello"`, "link")],
    [gap(2), span(shown(settings.url), "faint")],
  ];
}
