import type { Command } from "../app/command.ts";
import { keyLabel } from "../app/key-name.ts";
import type { Screenful } from "../app/view.ts";
import { bold, gap, type Line, onGround, span, spread } from "../paint/line.ts";
import { composerKeys } from "./composer.ts";
import { shown } from "../text/shown.ts";

/** The last line: a question, a sentence, or the keys that are used most. */
export function keyLine(view: Screenful, commands: readonly Command[]): Line {
  const { ui, columns, now } = view;
  const help: Line = [...keyOf("?", "keys"), gap(1)];
  if (ui.mode.kind === "confirm")
    return onGround(spread([bold(` ${ui.mode.question}`, "accent")], [], columns), "raised");
  if (ui.notice !== undefined && ui.notice.until > now) {
    const { text, tone, undo, until } = ui.notice;
    const offer: Line =
      undo === undefined ? [] : [gap(2), ...keyOf("u", `takes it back (${Math.ceil((until - now) / 1000)} s)`)];
    return onGround(
      spread([gap(1), span(shown(text), tone === "muted" ? "text" : tone), ...offer], help, columns),
      "surface",
    );
  }
  if (ui.mode.kind === "compose") return composerKeys(ui.mode, columns);
  if (ui.mode.kind === "filter") return onGround(spread([], help, columns), "surface");
  return onGround(
    spread(
      barOf(
        commands.filter(({ on }) => on?.includes(ui.screen) ?? true),
        columns,
      ),
      [],
      columns,
    ),
    "surface",
  );
}

const keyOf = (key: string, words: string): Line => [bold(key, "accent"), span(` ${words}  `, "muted")];

/** As many as fit, in the order of the table; the way to all of them is always there. */
function barOf(commands: readonly Command[], columns: number): Line {
  const short = commands.filter((command) => command.short !== undefined);
  const wanted =
    columns < 60
      ? ["open", "reply", "filter", "help"]
      : columns < 100
        ? ["open", "reply", "compose", "filter", "help"]
        : undefined;
  const shownOnes = wanted === undefined ? short : short.filter(({ id }) => wanted.includes(id));
  return [gap(1), ...shownOnes.flatMap(({ keys, short: words }) => keyOf(keyLabel(keys[0] ?? ""), words ?? ""))];
}
