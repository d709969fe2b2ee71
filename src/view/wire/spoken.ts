import type { Receipt, ReceivedMessage } from "../../client/index.ts";
import { visible } from "../../core/visible.ts";
import type { MessageRow } from "../live/rows.ts";
import { gistOf, gistText, type Said, saidBy } from "../said.ts";

/** A message as a sequence diagram sees it. Names are raw: a face makes them harmless when it shows them. */
export interface Spoken {
  readonly row: MessageRow;
  readonly said: Said;
  readonly from: string;
  /** Those it is for, as the bridge has understood it; nobody for what is said to the channel. */
  readonly to: readonly string[];
}

const saidOnce = new WeakMap<ReceivedMessage, Said>();
const labelOnce = new WeakMap<ReceivedMessage, string>();

/** What a message says, taken apart once: a diagram is laid out anew with each message that comes. */
export function saidOf(message: ReceivedMessage): Said {
  const known = saidOnce.get(message);
  if (known !== undefined) return known;
  const said = saidBy(message);
  saidOnce.set(message, said);
  return said;
}

export function spokenBy(row: MessageRow): Spoken {
  const said = saidOf(row.message);
  return { row, said, from: row.message.sender, to: recipientsOf(row.receipts, said) };
}

/** Whoever only follows the channel is none of those it is for, unless it is for nobody else. */
function recipientsOf(receipts: readonly Receipt[], { to }: Said): readonly string[] {
  const wanted = receipts.filter(({ why }) => why !== undefined);
  const meant = wanted.filter(({ why }) => why !== "follows");
  const agents = (meant.length > 0 ? meant : wanted).map(({ agent }) => agent);
  if (meant.length > 0 || to === undefined) return agents;
  return [to];
}

/** Longer labels are cut: the whole text is one key away. */
const longestLabel = 120;

/** On one line, harmless: the type and the first words. */
export function labelOf(message: ReceivedMessage): string {
  const known = labelOnce.get(message);
  if (known !== undefined) return known;
  const { type, body } = saidOf(message);
  const words = gistText(gistOf(body)).replaceAll(/\s+/g, " ");
  const whole = type === undefined || type === "message" ? words : `${visible(type, { keepsLines: false })}: ${words}`;
  const label = whole.length > longestLabel ? `${whole.slice(0, longestLabel).toWellFormed()}…` : whole;
  labelOnce.set(message, label);
  return label;
}
