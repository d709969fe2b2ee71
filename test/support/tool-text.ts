import type { ErrorCode } from "../../src/core/errors.ts";
import { type FaceAnswer, type FaceMessage, type FaceOperation, Refused } from "../../src/testing/face-contract.ts";

/** Reads the tools' text back into an answer, by the rules that the text itself states. */
export function readToolText(operation: FaceOperation, text: string): FaceAnswer {
  const seq = find(text, /^ {2}seq: (\d+)$/m);
  const id = find(text, /^ {2}id: (\S+)$/m);
  const facts = { ...(id === undefined ? {} : { id }), ...(seq === undefined ? {} : { seq: Number(seq) }) };
  switch (operation) {
    case "send":
      return { ...facts, deduplicated: text.startsWith("✓ Already stored"), warnings: warningsIn(text) };
    case "receive":
    case "wait":
      return { ...readPage(text), timed_out: text.includes("— nothing came in time") };
    case "ack":
      return { ...facts, advanced: text.startsWith("✓ Acknowledged") };
    case "clear":
      return { cleared: Number(find(text, /^Cleared (\d+) message\(s\) from \[/)) };
    case "channels":
      return {
        channels: [...text.matchAll(/^ {2}• (\S+) {2}\((\d+) msgs/gm)].map(([, name = "", count]) => ({
          id: name,
          count: Number(count),
        })),
      };
  }
}

export function refusalIn(text: string): Refused {
  const code = text.startsWith("Input validation error: ")
    ? "invalid_input"
    : (find(text, /^([a-z_]+): /) ?? "invalid_input");
  return new Refused(code as ErrorCode, text);
}

function readPage(text: string): FaceAnswer {
  const marker = find(text, /^Bodies stand between <<<(\w+) and/m) ?? "none";
  const block = new RegExp(
    `^━━ \\[(?<seq>\\d+)\\] (?<sender>\\S+) @ [-\\d]+ [:\\d]+Z \\(id: (?<id>\\S+)\\)(?<words>.*)\\n<<<${marker}\\n(?<content>[^]*?)\\n${marker}>>>$`,
    "gm",
  );
  const messages = [...text.matchAll(block)].map(({ groups = {} }): FaceMessage => {
    const { seq, sender = "", id = "", words = "", content = "" } = groups;
    return { id, seq: Number(seq), sender, content, to: find(words, / to=(\S+)/) };
  });
  const remaining = Number(find(text, /^(\d+) (?:more after these\.|older not shown)/m) ?? 0);
  const acks = text.matchAll(/^When handled: bridge_ack channel=(\S+) consumer_id=\S+ message_id=(\S+)$/gm);
  const lastIds = Object.fromEntries([...acks].map(([, channel = "", id = ""]) => [channel, id]));
  return { messages, remaining, warning: warningIn(text), last_ids: lastIds };
}

function warningIn(text: string): string | undefined {
  if (/ not found \(cursor stale/.test(text)) return "since_id_not_found";
  if (/\nNote: the channel was cleared (by \S+ )?after your cursor/.test(text)) return "channel_cleared";
  return undefined;
}

const warningsIn = (text: string) => find(text, /^ {2}warning: (.*)$/m)?.split("; ");

const find = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1];
