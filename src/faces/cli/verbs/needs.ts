import type { Loop, Need, Needs } from "../../../client/index.ts";
import type { Config } from "../../../config.ts";
import { formatTime } from "../../../core/time.ts";
import { note, print, printJson } from "../output.ts";
import { localTimeToSeconds } from "../times.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { needJson } from "./json-forms.ts";
import { withClient } from "./with-client.ts";
import { setIn, shownId } from "./words.ts";

/** What a person should look at; with `count` only how much. */
export const needsCommand = (config: Config, onlyCount: boolean): Promise<void> =>
  withClient(config, async ({ client }) => {
    const needs = await client.needs();
    const count = countOf(needs);
    if (config.isJson) return printJson({ count, ...(onlyCount ? {} : toJson(needs)) });
    if (onlyCount) return print(`${count}`);
    if (count === 0) return note("nothing needs you");
    for (const line of linesOf(needs)) print(line);
  });

const countOf = ({ questions, unnoticed, failed, loops }: Needs) =>
  questions.length + unnoticed.length + failed.length + loops.length;

const toJson = ({ questions, unnoticed, failed, loops }: Needs) => ({
  questions: questions.map((question) => ({
    ...needJson(question),
    text: question.text,
    options: question.options,
  })),
  unnoticed: unnoticed.map(needJson),
  failed: failed.map(needJson),
  loops: loops.map(({ since, ...loop }) => ({ ...loop, since: formatTime(since) })),
});

function linesOf({ questions, unnoticed, failed, loops }: Needs): readonly string[] {
  const asked = questions.map((question) => {
    const options = question.options.length === 0 ? "" : ` [${question.options.map(visibleOnLine).join(" | ")}]`;
    const answer = `claude-bridge reply ${shownId(question.id)} <text>`;
    return `question  ${headOf(question)}: ${setIn(question.text)}${options}\n    answer: ${answer}`;
  });
  return [
    ...asked,
    ...unnoticed.map((need) => `unread    ${headOf(need)} → ${agentOf(need)}: ${visibleOnLine(need.preview)}`),
    ...failed.map((need) => `${need.receipt.state.padEnd(10)}${headOf(need)} → ${agentOf(need)}${whyOf(need)}`),
    ...loops.map(
      (loop) => `loop      ${localTimeToSeconds(loop.since)}  ${whoOf(loop)}: ${visibleOnLine(loop.reason)}`,
    ),
  ];
}

const headOf = ({ since, id, sender, channel }: Need) =>
  `${localTimeToSeconds(since)}  ${shownId(id)}  ${visibleOnLine(channel)}  ${visibleOnLine(sender)}`;

const agentOf = ({ receipt }: Need) => visibleOnLine(receipt.agent);

const whyOf = ({ receipt: { reason } }: Need) => (reason === undefined ? "" : `: ${visibleOnLine(reason)}`);

const whoOf = ({ pair, thread }: Loop) =>
  (pair ?? [`${thread?.thread ?? ""} in ${thread?.channel ?? ""}`]).map(visibleOnLine).join(" and ");
