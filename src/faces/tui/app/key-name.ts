import type { Key } from "ink";

/** Names of keys that are no characters, as Ink tells them. */
const named = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["tab", "tab"],
  ["backspace", "backspace"],
  ["delete", "delete"],
] as const satisfies readonly (readonly [keyof Key, string])[];

/** One name for each key that was pressed: several characters may come at once. `a`, `G`, `ctrl+o`, `alt+enter`, `up`. */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.eventType === "release") return [];
  const name = named.find(([field]) => key[field])?.[1];
  if (name !== undefined) return [withModifiers(name, key)];
  if (key.ctrl && input !== "") return [`ctrl+${input.toLowerCase()}`];
  if (key.meta && input !== "") return [`alt+${input}`];
  // What Ink leaves in a text that came at once.
  return Array.from(input, (character) => controls[character] ?? character);
}

const controls: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "ctrl+j",
  "\t": "tab",
  "\u{7f}": "backspace",
  "\u{1b}": "esc",
};

function withModifiers(name: string, { ctrl, meta, shift }: Key): string {
  if (name === "esc") return name;
  return `${ctrl ? "ctrl+" : ""}${meta ? "alt+" : ""}${shift && name === "tab" ? "shift+" : ""}${name}`;
}

/** A key that writes itself. */
export const isCharacter = (key: string): boolean => /^.$/su.test(key);

/** As people write it. */
export function keyLabel(key: string): string {
  return labels[key] ?? key.replace(/^ctrl\+(.)$/, (_all, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

const labels: Readonly<Record<string, string>> = {
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  pageup: "PgUp",
  pagedown: "PgDn",
  home: "Home",
  end: "End",
  enter: "Enter",
  esc: "Esc",
  tab: "Tab",
  "shift+tab": "Shift-Tab",
  " ": "Space",
  "alt+enter": "Alt-Enter",
};
