import { shown } from "../text/shown.ts";
import { widthOf } from "../text/width.ts";
import { bold, gap, type Line, span, spread, widthOfLine } from "../paint/line.ts";
import { needCount } from "../app/need-items.ts";
import { type Screen, screenNames, screens } from "../app/ui.ts";
import type { Screenful } from "../app/view.ts";

/** Who it is, how the connection is, where one can go, and how much happens. */
export function headerLine(view: Screenful): Line {
  const { columns, layout, live } = view;
  const right: Line = layout.kind === "full" || layout.kind === "compact" ? pace(view) : [];
  const name: Line = [gap(1), bold(shown(view.settings.bridge, 40)), gap(2), ...connection(view), gap(3)];
  const own: Line = layout.kind === "full" ? [gap(1), bold("claude-bridge", "accent"), ...name] : name;
  const room = columns - widthOfLine(right);
  const long = [...own, ...tabs(view, screenNames)];
  if (widthOfLine(long) <= room) return spread(long, right, columns);
  const short = [...own, ...tabs(view, shortNames)];
  if (widthOfLine(short) <= columns) return spread(short, widthOfLine(short) <= room ? right : [], columns);
  const state = live.connection.kind === "live" ? [] : connection(view);
  return spread([...tabs(view, noNames), ...state], [], columns);
}

const shortNames: Readonly<Record<Screen, string>> = {
  needs: "Needs",
  feed: "Feed",
  wire: "Wire",
  machines: "Mach",
  health: "Health",
};

const noNames: Readonly<Record<Screen, string>> = { needs: "", feed: "", wire: "", machines: "", health: "" };

/** Brackets say without a colour where one is. */
function tabs({ ui, needs }: Screenful, names: Readonly<Record<Screen, string>>): Line {
  return screens.flatMap((screen, index) => {
    const isHere = screen === ui.screen;
    const count = screen === "needs" ? needCount(needs.answer) : 0;
    const badge: Line = count === 0 ? [] : [gap(1), bold(`◆${count}`, "warn")];
    const [open, close] = isHere ? ["[", "]"] : [" ", " "];
    return [
      span(open, "accent"),
      span(`${index + 1} `, isHere ? "accent" : "faint"),
      isHere ? bold(names[screen] === "" ? screenNames[screen] : names[screen]) : span(names[screen], "muted"),
      ...badge,
      span(close, "accent"),
    ];
  });
}

function connection({ live, latencyMs, feed }: Screenful): Line {
  switch (live.connection.kind) {
    case "connecting":
      return [span("○ connecting", "muted")];
    case "live":
      if (feed.isPaused) return [span("‖ paused", "warn")];
      return [
        span("● live", "ok"),
        span(latencyMs === undefined ? "       " : ` ${Math.min(latencyMs, 999)} ms`.padEnd(7), "faint"),
      ];
    case "retrying":
      return [span("○ away", "error")];
    case "ended":
      return [span("○ ended", "error")];
  }
}

const bars = "▁▂▃▄▅▆▇█";
const stepsShown = 12;

function pace({ live }: Screenful): Line {
  const steps = live.steps.slice(-stepsShown);
  const most = Math.max(1, ...steps);
  const drawn = steps.map((count) => bars[Math.ceil((count / most) * (bars.length - 1))] ?? " ").join("");
  const words = `${live.perMinute}/min`;
  return [span(drawn, "lineStrong"), gap(Math.max(1, 9 - widthOf(words))), span(words, "faint"), gap(1)];
}

export function ruleLine(columns: number, side: number): Line {
  if (side === 0) return [span("─".repeat(columns), "line")];
  return [span(`${"─".repeat(side - 1)}┬${"─".repeat(columns - side)}`, "line")];
}
