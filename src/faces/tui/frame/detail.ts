import type { Receipt } from "../../../client/index.ts";
import { clockTime, clockTimeToMs, dayLabel, duration, isSameDay } from "../../../view/ages.ts";
import { progressWith, rungs, stateWords } from "../../../view/progress.ts";
import { previewText } from "../../../view/preview.ts";
import type { MessageRow } from "../../../view/live/rows.ts";
import type { NeedItem } from "../app/need-items.ts";
import type { Screenful } from "../app/view.ts";
import { bold, fitLine, gap, type Line, type Span, span, spread, widthOfLine } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { fit } from "../text/width.ts";
import { textLines, treeLines } from "./inspect.ts";
import { saidOf } from "../said-of.ts";
import { senderSpans, typeColour } from "./message-row.ts";

/** The message with the cursor, in exactly as many lines as its box has. */
export function detailLines(view: Screenful): readonly Line[] {
  const { layout, selected, ui } = view;
  const { detail } = layout;
  if (detail === undefined) return [];
  const width = detail.width - 2;
  const all = selected === undefined ? [] : contentOf(view, width);
  const height = detail.height - (detail.place === "below" ? 1 : 2);
  const top = Math.min(ui.detailTop, Math.max(0, all.length - height));
  const below = all.length - top - height;
  const seen = all.slice(top, top + height);
  const more = below > 0 ? span(`${below} more lines ↓ J`, "muted") : span(ui.isRaw ? "as sent" : "", "faint");
  const head =
    detail.place === "below"
      ? [ruled(titleOf(view), more, detail.width)]
      : [spread(titleOf(view), [more, gap(1)], detail.width), [span("─".repeat(detail.width), "line")]];
  const rows = [...head, ...seen.map((line): Line => [gap(1), ...line])];
  return Array.from({ length: detail.height }, (_, row) => fitLine(rows[row] ?? [], detail.width));
}

/** A title that stands in the rule above it. */
function ruled(title: Line, more: Span, width: number): Line {
  const left: Line = [span("─", "line"), ...title, gap(1)];
  const right: Line = more.text === "" ? [] : [gap(1), more, gap(1), span("─", "line")];
  const used = widthOfLine(left) + widthOfLine(right);
  return [...left, span("─".repeat(Math.max(0, width - used)), "line"), ...right];
}

const titles: Readonly<Record<string, string>> = { unnoticed: "unread", failed: "held or failed", notice: "notice" };

function titleOf({ selected, ui }: Screenful): Line {
  const mark = span(ui.pane === "detail" ? "▌" : " ", "accent");
  if (selected?.kind === "message") {
    const { said } = saidOf(selected.message);
    return [
      mark,
      bold(shown(said.type ?? "message", 40), typeColour(said.type)),
      gap(1),
      span("from", "faint"),
      gap(1),
      ...senderSpans(selected.message.sender),
    ];
  }
  const title = selected === undefined ? "" : (titles[selected.kind] ?? selected.kind);
  return selected !== undefined && "need" in selected
    ? [mark, bold(title), gap(1), span("from", "faint"), gap(1), ...senderSpans(selected.need.sender)]
    : [mark, bold(title)];
}

function contentOf(view: Screenful, width: number): readonly Line[] {
  const { selected, layout } = view;
  switch (selected?.kind) {
    case "message": {
      const body = bodyLines(view, selected, width);
      const facts = factLines(view, selected);
      // Below a list there are few lines: what is said comes first, and facts stand side by side.
      if (layout.detail?.place === "below") return [...deliveryInLine(selected), ...body, [], ...paired(facts, width)];
      return [...facts, [], [span("Delivery", "faint")], ...deliveryLines(view, selected), [], ...body];
    }
    case "notice":
      return textLines("Something happened to the channel here.", width);
    case "question":
    case "unnoticed":
    case "failed":
      return needLines(view, selected, width);
    case "heading":
    case "loop":
    case "machine":
    case "agent":
    case undefined:
      return [];
  }
}

function bodyLines({ ui }: Screenful, { message }: MessageRow, width: number): readonly Line[] {
  if (ui.isRaw) return textLines(message.content, width);
  const { said } = saidOf(message);
  const body = typeof said.body === "string" ? textLines(said.body, width) : treeLines(said.body, width);
  const artifacts =
    said.artifacts.length === 0 ? [] : [[], [span("Artifacts", "faint")], ...treeLines(said.artifacts, width)];
  const options =
    said.options.length === 0
      ? []
      : [[], [span("Answers  ", "faint"), span(said.options.map((one) => shown(one, 60)).join(" | "), "link")]];
  return [...body, ...artifacts, ...options];
}

function factLines({ now }: Screenful, { message }: MessageRow): readonly Line[] {
  const { said } = saidOf(message);
  const { provenance } = message;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["To", said.to],
    ["Channel", message.channel],
    ["Thread", said.thread],
    [
      "Sent",
      `${clockTimeToMs(message.acceptedAt)}${isSameDay(message.acceptedAt, now) ? "" : `  ${dayLabel(message.acceptedAt, now)}`}`,
    ],
    ["Size", `${bytesOf(message.content)}  seq ${message.seq}`],
    ["Came by", `${provenance.via} as ${provenance.principal}`],
    ["Id", message.id],
  ];
  return rows.flatMap(([name, value]): readonly Line[] =>
    value === undefined ? [] : [[span(fit(name, 9), "faint"), span(shown(value, 200))]],
  );
}

const bytesOf = (text: string) => `${Buffer.byteLength(text).toLocaleString("en-GB")} B`;

function paired(lines: readonly Line[], width: number): readonly Line[] {
  const half = Math.floor(width / 2);
  return Array.from({ length: Math.ceil(lines.length / 2) }, (_, row): Line => [
    ...fitLine(lines[2 * row] ?? [], half),
    ...(lines[2 * row + 1] ?? []),
  ]);
}

/** For each agent that it is for, how far it got and what comes next. */
function deliveryLines({ now }: Screenful, { receipts, message }: MessageRow): readonly Line[] {
  if (receipts.length === 0)
    return [[span("● ", "ok"), span("stored  "), span(clockTimeToMs(message.acceptedAt), "faint")]];
  return receipts.flatMap((receipt): readonly Line[] => {
    const { glyph, words, tone } = progressWith(receipt, now, saidOf(message).said.type === "question");
    const head: Line = [
      ...senderSpans(receipt.agent),
      gap(2),
      span(`${glyph} ${shown(words)}`, tone === "muted" ? "faint" : tone),
    ];
    return [head, ...rungLines(receipt, message.acceptedAt)];
  });
}

function rungLines({ at }: Receipt, sentAt: number): readonly Line[] {
  return rungs.flatMap((rung, index): readonly Line[] => {
    const reached = at[rung];
    // It was told later things of some, and nothing of what must have been before.
    const isPast = reached === undefined && rungs.slice(index + 1).some((later) => at[later] !== undefined);
    if (isPast || (reached === undefined && (rung === "acknowledged" || rung === "answered"))) return [];
    const dot = reached === undefined ? span("  ○ ", "warn") : span("  ● ", "ok");
    const when =
      reached === undefined ? "not yet" : rung === "stored" ? clockTime(reached) : `+${duration(reached - sentAt)}`;
    return [[dot, span(fit(stateWords[rung], 14), reached === undefined ? "muted" : "text"), span(when, "faint")]];
  });
}

/** `stored ✓ at machine ✓ in context …`, for the agent that is least far. */
function deliveryInLine({ receipts }: MessageRow): readonly Line[] {
  const shownFor = receipts.filter(({ why }) => why !== undefined).slice(0, 3);
  return shownFor.map((receipt): Line => [
    ...fitLine(senderSpans(receipt.agent), 24),
    ...rungs.flatMap((rung, index): Line => {
      const reached = receipt.at[rung];
      const isPast = reached === undefined && rungs.slice(index + 1).some((later) => receipt.at[later] !== undefined);
      if (isPast || (reached === undefined && (rung === "acknowledged" || rung === "answered"))) return [];
      return [
        gap(1),
        span(stateWords[rung], reached === undefined ? "muted" : "text"),
        reached === undefined ? span(" …", "warn") : span(" ✓", "ok"),
      ];
    }),
    ...(receipt.reason === undefined ? [] : [gap(2), span(shown(receipt.reason), "error")]),
  ]);
}

function needLines(
  view: Screenful,
  item: Extract<NeedItem, { readonly need: unknown }>,
  width: number,
): readonly Line[] {
  const { need } = item;
  const text = item.kind === "question" ? item.need.text : previewText(need.preview);
  const options = item.kind === "question" ? item.need.options : [];
  const offered: readonly Line[] =
    options.length === 0
      ? []
      : [[], [span("Answers  ", "faint"), span(options.map((one) => shown(one, 60)).join(" | "), "link")]];
  const { words, tone } = progressWith(need.receipt, view.now, item.kind === "question");
  return [
    [
      ...senderSpans(need.sender),
      span(" in ", "faint"),
      span(shown(need.channel, 80), "muted"),
      span(" for ", "faint"),
      ...senderSpans(need.receipt.agent),
    ],
    [span(shown(words), tone === "muted" ? "faint" : tone)],
    [],
    ...textLines(text, width),
    ...offered,
  ];
}
