import { edited, fieldOf, inserted, type TextField } from "../text-field.ts";
import { perform } from "./command.ts";
import { commandFor, commands } from "./commands.ts";
import { editElsewhere, leaveDraft, offerOption, sendDraft } from "./compose.ts";
import { isCharacter } from "./key-name.ts";
import { candidatesFor, chooseCandidate } from "./palette.ts";
import type { App } from "./state.ts";
import { browse, type Mode } from "./ui.ts";

type ModeOf<Kind extends Mode["kind"]> = Extract<Mode, { readonly kind: Kind }>;

/** What a key does, in whatever is going on. */
export function press(app: App, key: string): void {
  const { mode } = app.ui();
  if (key === "ctrl+z") return app.terminal.suspend();
  switch (mode.kind) {
    case "browse": {
      const command = commandFor(key);
      if (command !== undefined) perform(app, command);
      return;
    }
    case "confirm":
      app.change({ mode: browse });
      return key === "y" || key === "Y" ? mode.yes() : app.say("Nothing was deleted.");
    case "filter":
      return pressInFilter(app, mode, key);
    case "compose":
      return pressInComposer(app, mode, key);
    case "palette":
      return pressInPalette(app, mode, key);
    case "help":
      return pressInHelp(app, mode, key);
  }
}

/** A text that was pasted: it is never taken for keys. */
export function paste(app: App, text: string): void {
  const { mode } = app.ui();
  if (!("field" in mode)) return app.say("Nothing is being written: press c to write, then paste.", "warn");
  const lines = text.replaceAll(/\r\n?/g, "\n");
  app.change({
    mode: { ...mode, field: inserted(mode.field, mode.kind === "compose" ? lines : lines.replaceAll("\n", " ")) },
  });
}

const isEnd = (key: string) => key === "esc" || key === "ctrl+c";

/** The text after the key, where the key writes. */
function typed(field: TextField, key: string): TextField | undefined {
  return isCharacter(key) ? inserted(field, key) : edited(field, key);
}

function pressInFilter(app: App, mode: ModeOf<"filter">, key: string): void {
  if (isEnd(key)) return app.change({ mode: browse });
  if (key === "enter") {
    app.change({ mode: browse });
    return app.goTo({ ...app.ui().place, query: mode.field.text.trim() });
  }
  const field = typed(mode.field, key);
  if (field !== undefined) app.change({ mode: { ...mode, field } });
}

function pressInComposer(app: App, mode: ModeOf<"compose">, key: string): void {
  if (isEnd(key)) return leaveDraft(app, mode);
  if (mode.isSending) return;
  if (key === "enter" || key === "ctrl+s") return void sendDraft(app, mode);
  if (key === "alt+enter" || key === "ctrl+j")
    return app.change({ mode: { ...mode, field: inserted(mode.field, "\n") } });
  if (key === "ctrl+o") return void editElsewhere(app, mode);
  if (key === "tab" || key === "shift+tab") return offerOption(app, mode, key === "tab" ? 1 : -1);
  const field = typed(mode.field, key);
  if (field !== undefined) app.change({ mode: { ...mode, field } });
}

function pressInPalette(app: App, mode: ModeOf<"palette">, key: string): void {
  if (isEnd(key)) return app.change({ mode: browse });
  const found = candidatesFor(app, mode.field.text, commands);
  if (key === "enter") return chooseCandidate(app, found[mode.at]);
  const step = key === "down" || key === "ctrl+n" || key === "tab" ? 1 : key === "up" || key === "ctrl+p" ? -1 : 0;
  if (step !== 0) {
    const at = (mode.at + step + found.length) % Math.max(1, found.length);
    return app.change({ mode: { ...mode, at } });
  }
  const field = typed(mode.field, key);
  if (field !== undefined) app.change({ mode: { kind: "palette", field, at: 0 } });
}

function pressInHelp(app: App, mode: ModeOf<"help">, key: string): void {
  if (isEnd(key) || (key === "q" && mode.field.text === "")) return app.change({ mode: browse });
  if (key === "?" && mode.field.text === "") return app.change({ mode: browse });
  const lines = { up: -1, down: 1, pageup: -10, pagedown: 10 }[key];
  if (lines !== undefined) return app.change({ mode: { ...mode, top: Math.max(0, mode.top + lines) } });
  const field = typed(mode.field, key);
  if (field !== undefined) app.change({ mode: { kind: "help", field: fieldOf(field.text), top: 0 } });
}
