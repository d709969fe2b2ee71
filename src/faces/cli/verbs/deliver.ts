import type { BridgeClient, Sent } from "../../../client/index.ts";
import { messageJson } from "../../../view/export/message-json.ts";
import { wordsOf } from "../../../view/message-words.ts";
import { CommandError, exitCodes } from "../command-error.ts";
import { note, print, printJson } from "../output.ts";
import { readDuration } from "../times.ts";
import { visibleOnLine } from "../visible-on-line.ts";
import { awaitAnswer, type Outcome } from "./await-answer.ts";
import { createClockLine } from "./clock-line.ts";
import { createInterruption } from "./interruption.ts";
import { receiptJson, sentJson } from "./json-forms.ts";
import { progressLine, sayShort, sentLine } from "./receipt-line.ts";
import { setIn, shownId } from "./words.ts";

export interface Delivery {
  /** For its answer: how long, or true for as long as usual. */
  readonly wait?: string | true;
  readonly quiet?: boolean;
}

const waitUnlessTold = "60s";

/** Sends, prints the id and how far it got, or with `wait` the answer. */
export async function deliver(
  client: BridgeClient,
  send: () => Promise<Sent>,
  { wait, quiet = false, isJson }: Delivery & { readonly isJson: boolean },
): Promise<void> {
  const seconds = wait === undefined ? undefined : readDuration("--wait", wait === true ? waitUnlessTold : wait);
  const sent = await send();
  for (const line of [sent.note, ...sent.warnings]) if (line !== undefined) note(visibleOnLine(line));
  // Nothing answers what nobody is given.
  if (sent.receipt === "held") process.exitCode = exitCodes.refused;
  if (seconds === undefined || sent.receipt === "held") return tellSent(sent, isJson, quiet);
  await waitFor(client, sent, { seconds, isJson, quiet });
}

/** A person wants a line; a script the id alone, and whole. */
function tellSent(sent: Sent, isJson: boolean, isQuiet: boolean): void {
  if (isJson) return printJson(sentJson(sent));
  if (process.stdout.isTTY) return print(isQuiet ? shownId(sent.id) : sentLine(sent));
  print(sent.id);
  note(sentLine(sent));
}

interface WaitingFor {
  readonly seconds: number;
  readonly isJson: boolean;
  readonly quiet: boolean;
}

async function waitFor(client: BridgeClient, sent: Sent, { seconds, isJson, quiet }: WaitingFor): Promise<void> {
  const interruption = createInterruption();
  const line = createClockLine(quiet || isJson);
  const show: Parameters<typeof awaitAnswer>[1]["onReceipts"] = (receipts) => line.show(progressLine(sent, receipts));
  try {
    show(sent.receipts);
    const outcome = await awaitAnswer(client, { sent, seconds, signal: interruption.signal, onReceipts: show });
    line.end();
    if (outcome.kind !== "left") return tellOutcome(sent, outcome, { seconds, isJson });
    note(`it goes on without you; to look again: claude-bridge show ${shownId(sent.id)}`);
  } finally {
    line.end();
    interruption.release();
  }
}

function tellOutcome(
  sent: Sent,
  outcome: Exclude<Outcome, { readonly kind: "left" }>,
  { seconds, isJson }: Pick<WaitingFor, "seconds" | "isJson">,
): void {
  switch (outcome.kind) {
    case "answered": {
      const { answer, receipt } = outcome;
      if (isJson)
        return printJson({ ...sentJson(sent), receipts: [receiptJson(receipt)], answer: messageJson(answer) });
      const took = sayShort(answer.acceptedAt - sent.acceptedAt);
      note(`answered by ${visibleOnLine(answer.sender)} after ${took}, in ${shownId(answer.id)}:`);
      return print(process.stdout.isTTY ? `    ${setIn(wordsOf(answer).text)}` : wordsOf(answer).text);
    }
    case "ended": {
      const { agent, state, reason } = outcome.receipt;
      const why = reason === undefined ? "" : `: ${reason}`;
      throw new CommandError("refused", `${shownId(sent.id)} is ${state} for ${agent}${why}`);
    }
    case "timeout":
      throw new CommandError("timeout", `no answer to ${shownId(sent.id)} within ${sayShort(seconds * 1000)}`, {
        fix: `the message stays; to look again: claude-bridge show ${shownId(sent.id)}`,
      });
  }
}
