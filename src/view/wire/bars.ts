import { folded } from "../../core/agent-name.ts";
import { hasEnded } from "../../core/receipt.ts";
import type { Lanes } from "./lanes.ts";
import type { WireLine } from "./layout.ts";
import type { Spoken } from "./spoken.ts";

/** Somebody has something to do: from the task or question on, until the answer. */
export interface Bar {
  /** The id of the task or question. */
  readonly key: string;
  readonly kind: "task" | "question";
  /** Indexes of a lane, and of the lines where it begins and ends; it is open without an end. */
  readonly lane: number;
  readonly from: number;
  readonly to: number | undefined;
  /** 0, or more where others of the lane are open already. */
  readonly depth: number;
}

/** These say that something is being done, and not that it is. */
const underway = new Set(["ack", "note", "progress", "status"]);

const isOpening = (type: string | undefined): type is Bar["kind"] => type === "task" || type === "question";

/** Deeper ones are drawn over each other. */
const deepest = 2;

export function barsOf(lines: readonly WireLine[], spoken: readonly Spoken[], lanes: Lanes): readonly Bar[] {
  const lineOf = new Map(lines.map(({ key }, index) => [key, index]));
  const answers = answersIn(spoken);
  const depthAt = createDepths();
  const bars: Bar[] = [];
  for (const one of spoken) {
    const { type } = one.said;
    const from = lineOf.get(one.row.key);
    if (!isOpening(type) || from === undefined) continue;
    for (const agent of one.to) {
      const end = endOf(one, agent, answers);
      if (end === "never") continue;
      const lane = lanes.indexOf(agent);
      const known = end === undefined ? undefined : lineOf.get(end);
      const to = known !== undefined && known > from ? known : undefined;
      bars.push({ key: one.row.key, kind: type, lane, from, to, depth: depthAt(lane, from, to) });
    }
  }
  return bars;
}

/** A stretch of a lane in which there is at least one bar; as bars, but of no message. */
export type Span = Pick<Bar, "lane" | "depth" | "from" | "to">;

/** The bars as they are drawn: those that lie over each other are one. In the order in which they begin. */
export function spansOf(bars: readonly Bar[]): readonly Span[] {
  const spans: Span[] = [];
  const last = new Map<string, number>();
  for (const { lane, depth, from, to } of bars) {
    const place = `${lane} ${depth}`;
    const at = last.get(place) ?? -1;
    const before = spans[at];
    if (before !== undefined && (before.to === undefined || before.to >= from)) {
      const end = before.to === undefined || to === undefined ? undefined : Math.max(before.to, to);
      spans[at] = { ...before, to: end };
    } else {
      last.set(place, spans.push({ lane, depth, from, to }) - 1);
    }
  }
  return spans;
}

/** By the message they answer and who gives them, the first of each. */
function answersIn(spoken: readonly Spoken[]): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const { row, said, from } of spoken) {
    if (said.replyTo === undefined || (said.type !== undefined && underway.has(said.type))) continue;
    const asked = placeOf(said.replyTo, from);
    if (!answers.has(asked)) answers.set(asked, row.key);
  }
  return answers;
}

const placeOf = (id: string, agent: string) => `${id} ${folded(agent)}`;

/** The id of the answer; undefined while it is waited for; "never" where nothing will come or nothing could begin. */
function endOf({ row }: Spoken, agent: string, answers: ReadonlyMap<string, string>): string | undefined {
  const answer = answers.get(placeOf(row.key, agent));
  if (answer !== undefined) return answer;
  const receipt = row.receipts.find((one) => folded(one.agent) === folded(agent));
  if (receipt === undefined) return undefined;
  const isOver = receipt.state === "held" || (hasEnded(receipt.state) && receipt.state !== "answered");
  return isOver ? "never" : undefined;
}

/** Where the next bar of a lane goes: beside those that are open there. */
function createDepths() {
  const busyUntil = new Map<string, number>();
  return (lane: number, from: number, to = Number.POSITIVE_INFINITY): number => {
    const until = (depth: number) => busyUntil.get(`${lane} ${depth}`) ?? 0;
    let depth = 0;
    while (depth < deepest && until(depth) > from) depth += 1;
    busyUntil.set(`${lane} ${depth}`, Math.max(to, until(depth)));
    return depth;
  };
}
