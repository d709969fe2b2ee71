import { useId, useRef } from "react";
import { flushSync } from "react-dom";
import { visible } from "../../../src/core/visible.ts";
import { type Chip, withoutChip } from "../../../src/view/query-text.ts";
import { useCommand } from "../keys/use-command.ts";
import { Key } from "../parts/button.tsx";
import { Chips } from "./chips.tsx";
import "./search-box.css";
import { SuggestionList } from "./suggestion-list.tsx";
import { useSearchField } from "./use-search-field.ts";

interface Props {
  /** It was asked for by its key. */
  readonly onFocus: () => void;
  /** Esc, or Enter with nothing to look for. */
  readonly onLeave: () => void;
}

/** What is looked for: parts that stand in the address, and what is being typed. */
export function SearchBox({ onFocus, onLeave }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const { query, read, setQuery, draft, type, trouble, shown, active, pick, ...search } = useSearchField(
    field,
    onLeave,
  );
  const id = useId();
  // What cannot be read is one part, to be taken away whole.
  const whole: Chip = { text: query, kind: "text", start: 0, end: query.length };

  useCommand("search", () => {
    // On a narrow screen it is drawn first; and the next key is the field's in any case.
    flushSync(onFocus);
    field.current?.focus();
  });

  return (
    <search>
      <form className="search-box" onSubmit={search.submit}>
        <Chips
          chips={read.error === undefined ? read.chips : [whole]}
          onRemove={(chip) => setQuery(withoutChip(query, chip))}
        />
        <input
          ref={field}
          role="combobox"
          aria-label="Search messages"
          aria-expanded={shown.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={shown[active] === undefined ? undefined : `${id}-${active}`}
          aria-invalid={trouble !== undefined}
          aria-describedby={trouble === undefined ? undefined : `${id}-trouble`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          placeholder={query === "" ? "Search, or filter with from: is: type:" : ""}
          value={draft}
          onChange={(event) => type(event.target.value)}
          onFocus={() => search.setOpen(true)}
          onBlur={() => search.setOpen(false)}
          onKeyDown={search.onKeyDown}
        />
        <Key>/</Key>
        <SuggestionList id={id} shown={shown} active={active} onPick={pick} />
        {trouble === undefined ? undefined : (
          <p id={`${id}-trouble`} role="alert" className="search-trouble">
            {visible(trouble)}
          </p>
        )}
      </form>
    </search>
  );
}
