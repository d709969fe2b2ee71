import type { Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { isOwnPlace, stepOf } from "./list-keys.ts";
import type { ListLine } from "./use-lines.ts";
import type { Pausing } from "./use-pausing.ts";

interface Given {
  readonly lines: readonly ListLine[];
  readonly list: Virtualizer<HTMLDivElement, Element>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly pausing: Pausing;
  /** Which line is the way in, until one was gone to. */
  readonly entrance: string | undefined;
  readonly onOpen: (line: ListLine) => void;
}

/** The one line of a list that the Tab key finds, and the keys that go from there. Nothing else moves the focus. */
export function useActiveLine({ lines, list, scroller, pausing, entrance, onOpen }: Given) {
  const [chosen, setChosen] = useState<string>();
  const wantsFocus = useRef(false);
  const active = [chosen, entrance].find((key) => key !== undefined && lines.some((line) => line.key === key));
  const activeKey = active ?? lines.findLast(isStop)?.key;

  useLayoutEffect(() => {
    if (!wantsFocus.current || activeKey === undefined) return;
    const line = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(activeKey)}"] [data-line]`);
    if (line === null || line === undefined) return;
    wantsFocus.current = false;
    line.focus({ preventScroll: true });
  });

  function go(step: (from: number, count: number) => number) {
    const stops = lines.flatMap((line, index) => (isStop(line) ? [{ line, index }] : []));
    const from = stops.findIndex(({ line }) => line.key === activeKey);
    const to = stops[step(from, stops.length)];
    if (to === undefined) return;
    if (to.index < lines.length - 1) pausing.leaveEnd();
    wantsFocus.current = true;
    setChosen(to.line.key);
    list.scrollToIndex(to.index, { align: "auto" });
    if (to.index === lines.length - 1) pausing.reachEnd();
  }

  function onKeyDown(event: Pick<KeyboardEvent, "key" | "target" | "preventDefault" | "altKey" | "ctrlKey" | "metaKey">) {
    const { key, target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || isOwnPlace(target)) return;
    const step = stepOf(key);
    const line = key === "Enter" ? lines.find((one) => one.key === activeKey) : undefined;
    if (key === " ") pausing.toggle();
    else if (step !== undefined) go(step);
    else if (line !== undefined && target !== document.body) onOpen(line);
    else return;
    event.preventDefault();
  }

  useKeysOfPage(onKeyDown);
  return { activeKey, setActive: setChosen, onKeyDown } as const;
}

const isStop = ({ kind }: ListLine) => kind !== "day" && kind !== "removed";

/** While nothing has the focus, keys are for the list. */
function useKeysOfPage(onKeyDown: (event: globalThis.KeyboardEvent) => void): void {
  const latest = useRef(onKeyDown);
  useEffect(() => {
    latest.current = onKeyDown;
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.target === document.body && !event.defaultPrevented) latest.current(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
