import { systemTimer } from "../../../src/client/timer.ts";
import { keysSetting } from "../settings/keys.ts";
import { commands } from "./commands.ts";
import { createKeyReader, type Place } from "./key-reader.ts";

/** Runs commands by their keys, for as long as the page stands. */
export function listenToKeys(): void {
  const reader = createKeyReader(commands, keysSetting.get, systemTimer);
  window.addEventListener("keydown", (event) => {
    // What is in front of the page has keys of its own.
    if (document.querySelector(":modal, [aria-modal='true']") !== null) return;
    const place = event.target instanceof Element ? placeOf(event.target) : "elsewhere";
    if (place !== undefined && reader.press(event, place)) event.preventDefault();
  });
}

/** Undefined where all keys are somebody else's. */
function placeOf(target: Element): Place | undefined {
  if (target.closest("[role='menu'], [role='listbox'], [role='dialog'], :popover-open") !== null) return undefined;
  if (target.closest("input, textarea, select, [contenteditable], [role='textbox'], [role='combobox']") !== null) {
    return "typing";
  }
  return target.closest("button, a, summary, [role='button'], [role='tab'], [role='treeitem']") === null
    ? "elsewhere"
    : "pressing";
}
