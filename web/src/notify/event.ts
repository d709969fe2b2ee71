import type { Loop, Need, Needs, ReceivedMessage } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import { saidBy } from "../../../src/view/said.ts";
import { paths } from "../routes.ts";

/** Something that a person wants to be told of while looking elsewhere. */
export interface NotableEvent {
  readonly kind: "question" | "finished" | "held" | "loop";
  /** Its own, so that it is told once. */
  readonly key: string;
  /** Nothing in them is hidden. */
  readonly title: string;
  readonly text: string;
  /** Where it leads. */
  readonly path: string;
  /** Paths at which it is on the screen already. */
  readonly seenAt: readonly string[];
}

/** More of a text is not shown by any system. */
const mostCharacters = 160;

const shown = (text: string) => visible(text, { keepsLines: false }).slice(0, mostCharacters);

/** What waits for a person, one by one. */
export const eventsOfNeeds = ({ questions, failed, loops }: Needs): readonly NotableEvent[] => [
  ...questions.map((one) => needing("question", `${shown(one.sender)} asks you`, one.text, one)),
  ...failed.map((one) => needing("held", `Not delivered to ${shown(one.receipt.agent)}`, one.preview, one)),
  ...loops.map(looping),
];

const needing = (kind: "question" | "held", title: string, text: string, { id, channel }: Need): NotableEvent => ({
  kind,
  key: `${kind} ${id}`,
  title,
  text: shown(text),
  path: paths.message(id),
  seenAt: [paths.channel(channel), paths.needs],
});

const looping = ({ reason, since, pair = [] }: Loop): NotableEvent => ({
  kind: "loop",
  key: `loop ${since} ${pair.join(" ")}`,
  title: pair.length === 0 ? "Agents are in a loop" : `${pair.map(shown).join(" and ")} are in a loop`,
  text: shown(reason),
  path: paths.needs,
  seenAt: [paths.needs],
});

/** The end of a task that the reader gave: a result that is for them, by name or by what it answers. */
export function endOfTask(
  message: ReceivedMessage,
  readers: ReadonlySet<string>,
  ownIds: ReadonlySet<string>,
): NotableEvent | undefined {
  const { type, to, replyTo, body, thread } = saidBy(message);
  const isOwn = (to !== undefined && readers.has(to)) || (replyTo !== undefined && ownIds.has(replyTo));
  if (type !== "result" || !isOwn || readers.has(message.sender)) return undefined;
  return {
    kind: "finished",
    key: `finished ${message.id}`,
    title: `${shown(message.sender)} has a result`,
    text: shown(typeof body === "string" ? body : JSON.stringify(body)),
    path: paths.message(message.id),
    seenAt: [paths.channel(message.channel), ...(thread === undefined ? [] : [paths.thread(thread)])],
  };
}
