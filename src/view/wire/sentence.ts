import { visible } from "../../core/visible.ts";
import { age, clockTime, dayLabel } from "../ages.ts";
import { wordsOfNotice } from "../notice.ts";
import { progressOf } from "../progress.ts";
import type { ArrowLine, WireLine } from "./layout.ts";
import { saidOf, spokenBy } from "./spoken.ts";

/** A line of the diagram for whoever reads it as a list. On one line, harmless. */
export function sentenceOf(line: WireLine, now: number): string {
  switch (line.kind) {
    case "arrow": {
      const { message, receipts } = line.row;
      const { words } = progressOf(receipts, now, saidOf(message).type === "question");
      const loop = line.isInLoop ? ", in a loop" : "";
      return `${clockTime(message.acceptedAt)} ${whoToWhom(line)}, ${line.label}, ${words}${loop}`;
    }
    case "tear":
      return `${age(line.ms)} without a message`;
    case "day":
      return dayLabel(line.at, now);
    case "notice":
      return wordsOfNotice(line.row.entry);
  }
}

/** "mac/orchestrator to win/worker", harmless. */
export function whoToWhom({ row }: ArrowLine): string {
  const { from, to } = spokenBy(row);
  return `${onLine(from)} to ${to.length === 0 ? "the channel" : to.map(onLine).join(" and ")}`;
}

const onLine = (text: string) => visible(text, { keepsLines: false });
