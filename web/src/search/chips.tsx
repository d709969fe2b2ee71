import { visible } from "../../../src/core/visible.ts";
import type { Chip } from "../../../src/view/query-text.ts";

interface Props {
  readonly chips: readonly Chip[];
  readonly onRemove: (chip: Chip) => void;
}

/** What is looked for, each part to be taken away. */
export function Chips({ chips, onRemove }: Props) {
  return chips.map((chip) => {
    const words = visible(chip.text, { keepsLines: false });
    return (
      <span key={chip.start} className="search-chip">
        <bdi>{words}</bdi>
        <button type="button" aria-label={`Remove ${words}`} onClick={() => onRemove(chip)}>
          ×
        </button>
      </span>
    );
  });
}
