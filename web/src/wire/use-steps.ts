import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { WireLine } from "../../../src/view/wire/layout.ts";
import { stepFrom } from "./steps.ts";

/** Goes along the messages by keyboard. One of them is in the order of the tab key; the arrows go to the others. */
export function useSteps(
  box: RefObject<HTMLElement | null>,
  lines: readonly WireLine[],
  reveal: (line: number) => void,
) {
  const [current, setCurrent] = useState<string>();
  const wanted = useRef<string>(undefined);
  const isThere = lines.some(({ key }) => key === current);
  const entered = isThere ? current : lines.findLast(({ kind }) => kind === "arrow")?.key;

  // What was far off is drawn first, and entered then.
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const button = box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`);
    if (button === undefined || button === null) return;
    wanted.current = undefined;
    button.focus({ preventScroll: true });
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey || !isOfLine(event.target)) return;
    const next = stepFrom(lines, entered, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    wanted.current = next;
    setCurrent(next);
    reveal(lines.findIndex(({ key }) => key === next));
  }

  return { entered, enter: setCurrent, onKeyDown };
}

const isOfLine = (target: EventTarget) => target instanceof Element && target.closest(".wire-line") !== null;
