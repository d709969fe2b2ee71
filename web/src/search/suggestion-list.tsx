import type { Suggestion } from "./suggestions.ts";

interface Props {
  readonly id: string;
  readonly shown: readonly Suggestion[];
  /** Which one Enter takes; none with -1. */
  readonly active: number;
  readonly onPick: (suggestion: Suggestion) => void;
}

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a datalist cannot show what a value means */

/** Under the field, which keeps the focus, and the keys. */
export function SuggestionList({ id, shown, active, onPick }: Props) {
  return (
    <div id={id} className="search-suggestions" role="listbox" aria-label="Suggestions" hidden={shown.length === 0}>
      {shown.map((suggestion, at) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has them
        <div
          key={suggestion.text}
          id={`${id}-${at}`}
          className="search-suggestion"
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          // The field would lose the focus, and with it the list.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(suggestion)}
        >
          <bdi>{suggestion.label}</bdi>
          {suggestion.hint === "" ? undefined : <span className="search-hint">{suggestion.hint}</span>}
        </div>
      ))}
    </div>
  );
}
