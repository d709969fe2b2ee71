import type { ReceivedMessage, Releasing } from "../../../client/index.ts";
import { pasteBlock } from "../../../view/paste-block.ts";
import { saidBy } from "../../../view/said.ts";
import { formatTime } from "../../../core/time.ts";
import type { Command } from "./command.ts";
import { compose, toAgent, toAsker, toChannel, toSenderOf } from "./compose.ts";
import type { App } from "./state.ts";

/** The id of the message with the cursor, on whatever screen. */
function idAt(app: App): string | undefined {
  const { selected } = app.screenful();
  if (selected?.kind === "message") return selected.message.id;
  return selected !== undefined && "need" in selected ? selected.need.id : undefined;
}

const needsMessage = (app: App) => (idAt(app) === undefined ? "No message is selected." : undefined);

/** The message itself; a row of "Needs you" has only a piece of it. */
async function withMessage(app: App, use: (message: ReceivedMessage) => void): Promise<void> {
  const { selected } = app.screenful();
  if (selected?.kind === "message") return use(selected.message);
  const id = idAt(app);
  if (id === undefined) return;
  try {
    use(await app.client.find(id));
  } catch (error) {
    app.say(error instanceof Error ? error.message : String(error), "error");
  }
}

/** At once, so that what is typed next is the answer; of a row that has only a piece of it, the thread comes after. */
function reply(app: App): void {
  const { selected } = app.screenful();
  if (selected?.kind === "message") return compose(app, toSenderOf(selected.message));
  if (selected === undefined || !("need" in selected)) return;
  compose(app, toAsker(selected.need, selected.kind === "question" ? selected.need.options : []));
  void withMessage(app, (message) => {
    const { mode } = app.ui();
    if (mode.kind !== "compose" || mode.target.replyTo !== message.id) return;
    app.change({ mode: { ...mode, target: { ...mode.target, thread: saidBy(message).thread } } });
  });
}

const permalink = (app: App, id: string) => `${app.settings.url}/m/${encodeURIComponent(id)}`;

function write(app: App): void {
  const { selected, ui } = app.screenful();
  if (selected?.kind === "agent") return compose(app, toAgent(selected.agent.name));
  if (ui.place.channel !== undefined) return compose(app, toChannel(ui.place.channel));
  if (selected?.kind === "message") compose(app, toChannel(selected.message.channel));
}

const hasNoPlace = (app: App) => {
  const { selected, ui } = app.screenful();
  const isSomewhere = selected?.kind === "agent" || selected?.kind === "message" || ui.place.channel !== undefined;
  return isSomewhere ? undefined : "Choose a channel or an agent first: press : and type its name.";
};

function copyLink(app: App): void {
  const id = idAt(app);
  if (id === undefined) return;
  app.terminal.copy(permalink(app, id));
  app.say("Link copied, if your terminal allows it.");
}

function openLink(app: App): void {
  const id = idAt(app);
  const url = id === undefined ? `${app.settings.url}/` : permalink(app, id);
  if (app.settings.openInBrowser === undefined) {
    app.terminal.copy(url);
    return app.say(`No browser can be shown here. Copied, if your terminal allows it: ${url}`);
  }
  app.settings.openInBrowser(url);
  app.say(`Opened ${url}`);
}

/** Says to its sender that nothing more will come. */
async function markHandled(app: App): Promise<void> {
  await withMessage(app, ({ channel, id }) => {
    app.client.ack({ channel, consumerId: app.settings.sender, messageId: id }).then(
      () => {
        app.say("Marked as handled.", "ok");
        app.refreshNeeds();
      },
      (error: unknown) => app.say(error instanceof Error ? error.message : String(error), "error"),
    );
  });
}

/** What keeps it from going on: the message itself, or a loop of which it would be a part. */
function heldAt(app: App): Releasing | undefined {
  const { selected } = app.screenful();
  if (selected?.kind === "failed" && selected.need.receipt.state === "held") return { id: selected.need.id };
  if (selected?.kind === "message" && selected.receipts.some(({ state }) => state === "held"))
    return { id: selected.message.id };
  if (selected?.kind !== "loop") return undefined;
  const { pair, thread } = selected.loop;
  const [one, other] = pair ?? [];
  if (one !== undefined && other !== undefined) return { pair: [one, other] };
  return thread === undefined ? undefined : { thread };
}

function release(app: App): void {
  const held = heldAt(app);
  if (held === undefined) return;
  app.client.release(held).then(
    ({ receipts }) => {
      app.say(`${receipts.length} messages let go.`, "ok");
      app.refreshNeeds();
    },
    (error: unknown) => app.say(error instanceof Error ? error.message : String(error), "error"),
  );
}

function toggleMark(app: App): void {
  const { selected, ui } = app.screenful();
  if (selected?.kind !== "message") return;
  const marked = new Set(ui.marked);
  if (!marked.delete(selected.key)) marked.add(selected.key);
  app.change({ marked });
}

/** One object a line, as `claude-bridge export` writes them: with the text as it is. */
function exportMarked(app: App): void {
  const { feed, ui } = app.screenful();
  const rows = feed.rows.filter((row) => row.kind === "message" && ui.marked.has(row.key));
  const lines = rows.flatMap((row) => (row.kind === "message" ? [JSON.stringify(exported(row.message))] : []));
  app.terminal.copy(`${lines.join("\n")}\n`);
  app.say(`${lines.length} messages copied as JSON lines, if your terminal allows it.`);
  app.change({ marked: new Set() });
}

function exported(message: ReceivedMessage) {
  const { id, seq, channel, sender, acceptedAt, content } = message;
  const { type, to, thread } = saidBy(message);
  return { id, seq, channel, sender, timestamp: formatTime(acceptedAt), type, to, thread, content };
}

function showThread(app: App): void {
  const { selected, ui } = app.screenful();
  const thread = selected?.kind === "message" ? saidBy(selected.message).thread : undefined;
  app.change({ screen: "wire", thread, cursors: { ...ui.cursors, wire: ui.cursors.feed } });
}

export const messageCommands: readonly Command[] = [
  {
    id: "reply",
    keys: ["r"],
    group: "Write",
    title: "reply to the message, in its thread",
    short: "reply",
    on: ["feed", "wire", "needs"],
    whyNot: needsMessage,
    run: reply,
  },
  {
    id: "compose",
    keys: ["c"],
    group: "Write",
    title: "write to the channel, or to the agent",
    short: "compose",
    on: ["feed", "wire", "machines"],
    whyNot: hasNoPlace,
    run: write,
  },
  {
    id: "handled",
    keys: ["e"],
    group: "Write",
    title: "mark the message as handled",
    whyNot: needsMessage,
    run: (app) => void markHandled(app),
  },
  {
    id: "release",
    keys: ["H"],
    group: "Write",
    title: "let go of what is held, or open a loop again",
    whyNot: (app) => (heldAt(app) === undefined ? "Nothing is held here." : undefined),
    run: release,
  },
  {
    id: "copy",
    keys: ["y"],
    group: "Write",
    title: "copy a link to the message",
    short: "copy",
    on: ["feed", "wire", "needs"],
    whyNot: needsMessage,
    run: copyLink,
  },
  {
    id: "paste",
    keys: ["p"],
    group: "Write",
    title: "copy the message as a block to paste to Claude",
    whyNot: needsMessage,
    run: (app) =>
      void withMessage(app, (message) => {
        app.terminal.copy(pasteBlock(message, permalink(app, message.id)));
        app.say("Copied for Claude, if your terminal allows it.");
      }),
  },
  {
    id: "mark",
    keys: ["v"],
    group: "Write",
    title: "mark the message, or take the mark off",
    whyNot: needsMessage,
    run: toggleMark,
  },
  {
    id: "export",
    keys: ["x"],
    group: "Write",
    title: "copy the marked messages as JSON lines",
    whyNot: (app) => (app.ui().marked.size === 0 ? "No message is marked: mark some with v." : undefined),
    run: exportMarked,
  },
  { id: "open-link", keys: ["o"], group: "Look", title: "open it in the browser", run: openLink },
  {
    id: "thread",
    keys: ["w"],
    group: "Look",
    title: "show the message's thread on the wire",
    whyNot: needsMessage,
    run: showThread,
  },
];
