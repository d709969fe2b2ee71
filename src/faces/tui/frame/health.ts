import { duration } from "../../../view/ages.ts";
import type { Screenful } from "../app/view.ts";
import { gap, type Line, span } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { fit } from "../text/width.ts";
import { thousands } from "./side.ts";

/** How the bridge is, in a table of words and figures. */
export function healthLines(view: Screenful): readonly Line[] {
  const { health, live, settings, latencyMs } = view;
  const { answer } = health;
  if (answer === undefined) {
    return [
      [],
      [
        gap(2),
        span(
          health.error === undefined ? "Asking the bridge…" : shown(health.error),
          health.error === undefined ? "muted" : "error",
        ),
      ],
    ];
  }
  const { limits } = answer;
  const rows: readonly (readonly [string, string, ("ok" | "warn" | "text")?] | undefined)[] = [
    undefined,
    ["Bridge", `${settings.bridge}  ${settings.url}`],
    ["Version", answer.version],
    ["Up for", duration(answer.uptimeSeconds * 1000)],
    ["Answers in", latencyMs === undefined ? "not measured" : `${latencyMs} ms`],
    undefined,
    ["Messages", thousands(answer.totalMessages)],
    ["Channels", `${thousands(answer.channels.length)} of ${thousands(limits.maxChannels ?? 0)}`],
    ["Last minute", `${thousands(live.perMinute)} messages`],
    ["Retention", answer.retentionDays === 0 ? "messages are kept" : `${answer.retentionDays} days`],
    undefined,
    ["Streams", `${thousands(answer.openStreams)} of ${thousands(limits.maxStreams ?? 0)}`],
    ["Waits", `${thousands(answer.openWaits)} of ${thousands(limits.maxWaits ?? 0)}`],
    ["Disk", diskWords(answer.diskFreeBytes, answer.diskIsLow), answer.diskIsLow ? "warn" : "text"],
    undefined,
    ["Speaking as", settings.sender],
  ];
  return rows.map((row) =>
    row === undefined ? [] : [gap(2), span(fit(row[0], 14), "muted"), span(shown(row[1]), row[2] ?? "text")],
  );
}

function diskWords(free: number | undefined, isLow: boolean): string {
  if (free === undefined) return "not known";
  const gigabytes = (free / 1e9).toFixed(1);
  return isLow ? `low: ${gigabytes} GB free` : `${gigabytes} GB free`;
}
