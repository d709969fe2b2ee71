import type { Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useCommand } from "../keys/use-command.ts";
import { next, previous, stepOf } from "./list-keys.ts";
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
  const known = [chosen, entrance].find((key) => key !== undefined && lines.some((line) => line.key === key));
  const activeKey = known ?? lines.findLast(isStop)?.key;

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

  function onKeyDown(event: KeyboardEvent) {
    const step = stepOf(event.key);
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(step);
  }

  const active = lines.find((line) => line.key === activeKey);
  useCommand("down", () => go(next));
  useCommand("up", () => go(previous));
  useCommand("open", () => active && onOpen(active), active !== undefined);
  useCommand("pause", pausing.toggle);
  return { activeKey, setActive: setChosen, onKeyDown } as const;
}

const isStop = ({ kind }: ListLine) => kind !== "day" && kind !== "removed";
