import type { Need, Outgoing, ReceivedMessage } from "../../../client/index.ts";
import { anyPerson } from "../../../core/agent-name.ts";
import { saidBy } from "../../../view/said.ts";
import { emptyField, fieldOf } from "../text-field.ts";
import type { App } from "./state.ts";
import { browse, draftFor, draftKey, type Mode, type Target } from "./ui.ts";

type Composing = Extract<Mode, { readonly kind: "compose" }>;

export const toChannel = (channel: string): Target => ({ ...nowhere, channel });
export const toAgent = (to: string): Target => ({ ...nowhere, to });

/** To whoever sent it, in its thread. */
export function toSenderOf(message: ReceivedMessage): Target {
  const { to, thread, options } = saidBy(message);
  // Other answers are not for whom the question was to.
  const isForPeople = to === anyPerson;
  const { channel, sender, id } = message;
  return { channel, to: sender, replyTo: id, thread, options: isForPeople ? options : [] };
}

/** To whoever asked it. */
export const toAsker = ({ channel, sender, id }: Need, options: readonly string[]): Target => ({
  ...nowhere,
  channel,
  to: sender,
  replyTo: id,
  options,
});

const nowhere: Target = { channel: undefined, to: undefined, replyTo: undefined, thread: undefined, options: [] };

export const compose = (app: App, target: Target): void =>
  app.change({ mode: { kind: "compose", target, field: draftFor(app.ui(), target), isSending: false } });

/** Keeps what is written, and goes back. */
export function leaveDraft(app: App, { target, field }: Composing): void {
  const drafts = new Map(app.ui().drafts);
  const key = draftKey(target);
  if (field.text === "") drafts.delete(key);
  else drafts.set(key, field);
  app.change({ mode: browse, drafts });
  if (field.text !== "") app.say("The draft is kept. The same key brings it back.");
}

/** Nothing is sent later: while the bridge is away it is refused, and the text stays. */
export async function sendDraft(app: App, draft: Composing): Promise<void> {
  const { target, field, isSending } = draft;
  if (isSending) return;
  const text = field.text.trimEnd();
  if (text === "") return app.say("There is nothing to send yet.");
  const { connection } = app.live.snapshot();
  if (connection.kind !== "live") {
    return app.say("Not sent: the bridge is away. The text stays here until it is back.", "error");
  }
  app.change({ mode: { ...draft, isSending: true } });
  try {
    const sent = await app.live.outbox.send(outgoingOf(target, text, app.settings.sender));
    closeDraft(app, target);
    const [warning] = sent.warnings;
    app.say(
      warning ?? sent.note ?? sent.next ?? "Stored.",
      warning === undefined && sent.note === undefined ? "ok" : "warn",
    );
  } catch (error) {
    // Nobody knows whether it was stored: the text stays here, and not as a row that looks like one on its way.
    for (const { key, error: failed } of app.live.outbox.list()) if (failed !== undefined) app.live.outbox.drop(key);
    const now = app.ui().mode;
    if (now.kind === "compose") app.change({ mode: { ...now, isSending: false } });
    app.say(`Not sent: ${error instanceof Error ? error.message : String(error)}. The text stays here.`, "error");
  }
}

function closeDraft(app: App, target: Target): void {
  const drafts = new Map(app.ui().drafts);
  drafts.delete(draftKey(target));
  const { mode } = app.ui();
  const isOpen = mode.kind === "compose" && draftKey(mode.target) === draftKey(target);
  app.change({ drafts, ...(isOpen ? { mode: browse } : {}) });
}

function outgoingOf({ channel, to, replyTo, thread }: Target, content: string, sender: string): Outgoing {
  return { channel, to, replyTo, threadId: thread, content, sender };
}

/** The next of the answers that the question offers. */
export function offerOption(app: App, draft: Composing, step: number): void {
  const { options } = draft.target;
  if (options.length === 0) return;
  const at = options.indexOf(draft.field.text);
  const next = options[(at + step + options.length) % options.length];
  if (at >= 0 || draft.field.text === "")
    app.change({ mode: { ...draft, field: next === undefined ? emptyField : fieldOf(next) } });
}

export async function editElsewhere(app: App, draft: Composing): Promise<void> {
  try {
    const text = await app.terminal.edit(draft.field.text);
    app.change({ mode: { ...draft, field: fieldOf(text.trimEnd()) } });
  } catch (error) {
    app.say(`The editor did not work: ${error instanceof Error ? error.message : String(error)}`, "error");
  }
}
