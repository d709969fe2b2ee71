import { type BridgeClient, type ReceivedMessage, type SubscriptionEntry } from "../../../client/index.ts";
import { wordsOf } from "../../../view/message-words.ts";
import { note, print, printJson } from "../output.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { entryJson } from "./json-forms.ts";
import { scopeOf } from "./scope.ts";
import type { StartPlace } from "./start-place.ts";
import { toLines } from "./words.ts";

/** Which messages; all that are given must be so. */
export interface Wanted {
  readonly from?: string | undefined;
  readonly type?: string | undefined;
}

export interface Listening extends Wanted {
  readonly words: readonly string[];
  readonly start: StartPlace;
  readonly signal: AbortSignal;
  readonly isJson: boolean;
  /** Does more with each message, and may end it by saying so. */
  readonly onMessage: (message: ReceivedMessage) => Promise<"go on" | "enough">;
}

/** Prints what comes until the signal is aborted, or enough came. Then true. */
export async function listen(client: BridgeClient, listening: Listening): Promise<boolean> {
  const { words, start, signal, isJson, onMessage } = listening;
  let isAway = false;
  const entries = client.subscribe({
    ...scopeOf(words),
    after: start.after,
    signal,
    onState(state) {
      if (state.kind === "retrying" && !isAway) note("the bridge is away; what it has meanwhile comes when it is back");
      if (state.kind === "live" && isAway) note("the bridge is back");
      isAway = state.kind === "retrying" || (isAway && state.kind !== "live");
    },
  });
  for await (const entry of entries) {
    if (!isWanted(entry, listening)) continue;
    if (isJson) printJson(entryJson(entry));
    else if (entry.kind === "message") print(toLines(entry));
    else note(toNote(entry));
    if (entry.kind === "message" && (await onMessage(entry)) === "enough") return true;
  }
  return false;
}

function isWanted(entry: SubscriptionEntry, { start, from, type }: Listening): boolean {
  if (entry.kind !== "message") return true;
  if (!start.isWanted(entry) || (from !== undefined && entry.sender !== from)) return false;
  return type === undefined || wordsOf(entry).type === type;
}

function toNote(entry: Exclude<SubscriptionEntry, { readonly kind: "message" }>): string {
  const channel = visibleOnLine(entry.channel);
  switch (entry.kind) {
    case "cleared":
      return `${channel}: ${entry.count} messages were deleted${by(entry.by)}`;
    case "restored":
      return `${channel}: ${entry.count} messages are back${by(entry.by)}`;
    case "gap":
      return `${channel}: messages before this one were deleted before they were read`;
  }
}

const by = (name: string | undefined) => (name === undefined ? "" : ` by ${visibleOnLine(name)}`);
