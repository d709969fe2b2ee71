import { type FormEvent, type KeyboardEvent, type RefObject, useState } from "react";
import { systemClock } from "../../../src/core/clock.ts";
import { type QueryText, readQuery, withChip, withoutChip } from "../../../src/view/query-text.ts";
import { completed, type Suggestion, suggestionsFor } from "./suggestions.ts";
import { useKnown } from "./use-known.ts";
import { useQueryText } from "./use-query.ts";

export interface SearchField {
  /** What stands in the address, and how to make it another. */
  readonly query: string;
  readonly read: QueryText;
  setQuery(query: string): void;
  /** What is being typed. */
  readonly draft: string;
  type(draft: string): void;
  /** Why the draft, or what the address says, cannot be looked for. */
  readonly trouble: string | undefined;
  /** None while the list is closed; `active` is the place of the one that Enter takes, or -1. */
  readonly shown: readonly Suggestion[];
  readonly active: number;
  pick(suggestion: Suggestion): void;
  setOpen(isOpen: boolean): void;
  submit(event: FormEvent): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** What a field for searches does; `onLeave` is called when its reader is done with it. */
export function useSearchField(field: RefObject<HTMLInputElement | null>, onLeave: () => void): SearchField {
  const [query, setQuery] = useQueryText();
  const [draft, setDraft] = useState("");
  const [error, setError] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const read = readQuery(query, systemClock.now());
  const { shown, active, move, clear } = useSuggestions(isOpen ? draft : undefined);

  function type(next: string) {
    setDraft(next);
    setError(undefined);
    clear();
    setOpen(true);
  }

  function leave() {
    setOpen(false);
    field.current?.blur();
    onLeave();
  }

  function look(text: string) {
    const next = withChip(query, text);
    const { error: why } = readQuery(next, systemClock.now());
    if (why !== undefined) return setError(why);
    type("");
    if (next !== query) setQuery(next);
  }

  function pick(suggestion: Suggestion) {
    const next = completed(draft, suggestion);
    if (suggestion.isOpen) type(next);
    else look(next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const chosen = shown[active];
    if (chosen !== undefined) return pick(chosen);
    if (draft.trim() === "") return leave();
    look(draft.trim());
    setOpen(false);
  }

  const keys: Readonly<Record<string, (() => void) | undefined>> = {
    ArrowDown: () => (isOpen ? move(1) : setOpen(true)),
    ArrowUp: () => (isOpen ? move(-1) : setOpen(true)),
    Escape: shown.length > 0 ? () => setOpen(false) : leave,
    Tab: optional(shown[active], pick),
    Backspace: draft === "" ? optional(read.chips.at(-1), (last) => setQuery(withoutChip(query, last))) : undefined,
  };

  return {
    query,
    read,
    setQuery,
    draft,
    type,
    trouble: error ?? read.error,
    shown,
    active,
    pick,
    setOpen,
    submit,
    onKeyDown: (event) => press(keys, event),
  };
}

/** What may come next, and which of it is chosen: through the list and past its ends, where none is. */
function useSuggestions(draft: string | undefined) {
  const known = useKnown();
  const [active, set] = useState(-1);
  const shown = draft === undefined ? [] : suggestionsFor(draft, known);
  const places = shown.length + 1;
  const move = (step: 1 | -1) => set(((active + 1 + step + places) % places) - 1);
  return { shown, active, move, clear: () => set(-1) };
}

function press(keys: Readonly<Record<string, (() => void) | undefined>>, event: KeyboardEvent): void {
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}

const optional = <T>(value: T | undefined, act: (value: T) => void) =>
  value === undefined ? undefined : () => act(value);
