import type { Mode } from "../app/ui.ts";
import type { Screenful } from "../app/view.ts";
import { bold, cutLine, gap, type Line, onGround, span, spread } from "../paint/line.ts";
import { shown, shownLines } from "../text/shown.ts";
import { widthOf, wrap } from "../text/width.ts";
import type { CursorAt } from "./frame.ts";
import { senderSpans } from "./message-row.ts";

/** What is being written: for whom, the text, and what can be done with it. */
export function composerLines(view: Screenful): {
  readonly lines: readonly Line[];
  readonly cursor: CursorAt | undefined;
} {
  const { ui, layout, columns } = view;
  if (ui.mode.kind !== "compose") return { lines: [], cursor: undefined };
  const { mode } = ui;
  const room = layout.composer - 1;
  const width = Math.max(10, columns - 4);
  const before = wrap(shownLines(mode.field.text.slice(0, mode.field.at), mostShown), width, mostLines);
  const all = wrap(shownLines(mode.field.text, mostShown), width, mostLines);
  const row = Math.min(before.length - 1, all.length - 1);
  const top = Math.max(0, Math.min(row - room + 1, all.length - room), row - room + 1);
  const lines = Array.from({ length: room }, (_, index): Line => {
    const line = all[top + index];
    return onGround(spread([span(" ▏ ", "lineStrong"), span(line ?? "")], [], columns), "raised");
  });
  const cursor = { x: Math.min(columns - 1, 3 + widthOf(before.at(-1) ?? "")), y: 1 + row - top };
  return { lines: [headLine(view, mode), ...lines], cursor };
}

const mostShown = 20_000;
const mostLines = 1_000;

function headLine(
  { columns, live, settings }: Screenful,
  { target, isSending }: Extract<Mode, { kind: "compose" }>,
): Line {
  const { to, channel, replyTo } = target;
  const verb = replyTo === undefined ? "to " : "reply to ";
  const who: Line = to === undefined ? [] : senderSpans(to);
  const where: Line =
    channel === undefined ? [] : [span(to === undefined ? "" : " in ", "faint"), bold(shown(channel, 100))];
  const agent = to === undefined ? undefined : live.agents.get(to);
  const reach: Line = agent === undefined ? [] : [span(`  ${reachWords(agent.reach)}`, "muted")];
  const name: Line = [span("── ", "line"), span(verb, "faint"), ...who, ...where, ...reach, gap(1)];
  const right: Line = [
    span(isSending ? " sending… " : ` as ${shown(settings.sender, 40)} `, isSending ? "warn" : "faint"),
    span("──", "line"),
  ];
  const used = cutLine(name, columns - 20);
  return fill(used, right, columns);
}

function fill(left: Line, right: Line, columns: number): Line {
  const width = [...left, ...right].reduce((sum, { text }) => sum + widthOf(text), 0);
  return [...left, span("─".repeat(Math.max(0, columns - width)), "line"), ...right];
}

function reachWords(reach: string): string {
  if (reach === "wakes") return "this will wake it";
  if (reach === "next step") return "it sees this at its next step";
  return reach === "by hand" ? "it sees this when somebody prompts it" : "it is away and sees this when it is back";
}

/** What can be done with it, for the last line. */
export function composerKeys({ target }: Extract<Mode, { kind: "compose" }>, columns: number): Line {
  const answers = target.options.map((one) => shown(one, 30)).join(" | ");
  const offer = answers === "" ? [] : [span(`Tab ${answers}`, "link"), gap(2)];
  const key = (name: string, words: string): Line => [bold(name, "accent"), span(` ${words}  `, "muted")];
  const keys: Line = [
    ...key("Enter", "sends"),
    ...key("Alt-Enter", "new line"),
    ...key("Ctrl-O", "editor"),
    ...key("Esc", "keeps the draft"),
  ];
  return onGround(spread([gap(1), ...offer, ...keys], [], columns), "surface");
}
