import { age } from "../../../view/ages.ts";
import { previewText } from "../../../view/preview.ts";
import { progressWith } from "../../../view/progress.ts";
import type { NeedItem } from "../app/need-items.ts";
import type { Screenful } from "../app/view.ts";
import { bold, cutLine, fitLine, gap, type Line, span, spread } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { progressLine, senderSpans } from "./message-row.ts";

export function needLine({ now, layout }: Screenful, item: NeedItem, width: number): Line {
  const isWide = layout.list.width >= 76;
  switch (item.kind) {
    case "heading":
      return [bold(item.title, "accent"), gap(1), span(`${item.count}`, "muted")];
    case "loop": {
      const { pair, thread, reason, held, since } = item.loop;
      const who =
        pair === undefined
          ? `${shown(thread?.thread ?? "")} in ${shown(thread?.channel ?? "")}`
          : pair.map((name) => shown(name, 60)).join(" ⇄ ");
      const end = [span(`${held} held, ${age(now - since)}`, "error"), gap(1)];
      return spread([gap(1), bold(who), gap(2), span(shown(reason), "muted")], end, width);
    }
    case "question":
    case "unnoticed":
    case "failed": {
      const { need } = item;
      const text = item.kind === "question" ? item.need.text : previewText(need.preview);
      const left: Line = [
        gap(1),
        ...fitLine(senderSpans(need.sender), isWide ? 20 : 16),
        gap(1),
        ...(isWide ? [...fitLine([span(shown(need.channel, 60), "muted")], 16), gap(1)] : []),
        span(shown(text)),
      ];
      const room = isWide && item.kind !== "question" ? 26 : 14;
      const progress =
        item.kind === "question"
          ? ({ glyph: "◆", words: `waiting ${age(now - need.since)}`, tone: "warn" } as const)
          : progressWith(need.receipt, now);
      const [end] = progressLine(progress, room);
      const right = end === undefined ? [] : [gap(1), { ...end, text: end.text.trimEnd() }, gap(1)];
      return spread(cutLine(left, width - room - 1), right, width);
    }
  }
}
