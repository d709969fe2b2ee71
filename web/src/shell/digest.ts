import type { StreamEntry, Timer } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import { saidBy } from "../../../src/view/said.ts";

/** Says what came in one sentence, and not more often than one can listen to. */
export interface Digest {
  take(entries: readonly StreamEntry[]): void;
  close(): void;
}

export interface DigestOptions {
  /** Only what comes in it is counted; undefined where all is looked at. */
  readonly channel: string | undefined;
  /** Whose questions are told apart. */
  readonly reader: string;
  readonly timer: Timer;
  readonly say: (sentence: string) => void;
}

/** Between two sentences; what comes meanwhile is in the second. */
const everyMs = 5_000;

export function createDigest({ channel, reader, timer, say }: DigestOptions): Digest {
  let [messages, questions] = [0, 0];
  let cancel: (() => void) | undefined;

  function tell(): void {
    cancel = undefined;
    if (messages + questions === 0) return;
    say(sentence(messages, questions, channel));
    [messages, questions] = [0, 0];
    cancel = timer(everyMs, tell);
  }

  return {
    take(entries) {
      for (const entry of entries) {
        if (entry.kind !== "message") continue;
        const { type, to } = saidBy(entry);
        if (type === "question" && to === reader) questions += 1;
        else if (channel === undefined || entry.channel === channel) messages += 1;
      }
      if (cancel === undefined) tell();
    },
    close: () => cancel?.(),
  };
}

function sentence(messages: number, questions: number, channel: string | undefined): string {
  const where = channel === undefined ? "" : ` in ${visible(channel)}`;
  const came = messages === 0 ? [] : [`${messages} new${where}`];
  const asked = questions === 0 ? [] : [`${questions} ${questions === 1 ? "question" : "questions"} to you`];
  return [...came, ...asked].join(", ");
}
