import { type ReactNode, useState } from "react";
import type { Need } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { NeedRow } from "./need-row.tsx";

interface Props {
  readonly needs: readonly Need[];
  /** What can be done about one. */
  readonly actionsOf: (need: Need) => ReactNode;
}

/** So few are shown one by one. */
const fewest = 3;

/** Messages that wait for the same thing stand as the first of them, with the others behind a line. */
export function NeedFolds({ needs, actionsOf }: Props) {
  const row = (need: Need) => (
    <NeedRow key={`${need.id} ${need.receipt.agent}`} need={need}>
      {actionsOf(need)}
    </NeedRow>
  );
  return [...Map.groupBy(needs, causeOf)].map(([cause, [first, ...others]]) => {
    if (first === undefined) return undefined;
    if (others.length < fewest) return [first, ...others].map(row);
    return [
      row(first),
      <Others key={cause} words={wordsOf(first, others.length)}>
        {() => others.map(row)}
      </Others>,
    ];
  });
}

/** Of what is held the reason, whoever it is for; of the rest whom they are for, too. */
function causeOf({ receipt: { agent, state, reason = "" } }: Need): string {
  return state === "held" && reason !== "" ? reason : [agent, state, reason].join("\n");
}

const wordsOf = ({ receipt: { state, agent } }: Need, count: number) =>
  state === "held" ? `${count} more for the same reason` : `${count} more for ${visible(agent)}`;

interface OthersProps {
  readonly words: string;
  readonly children: () => ReactNode;
}

function Others({ words, children }: OthersProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li className="needs-others">
      <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{words}</summary>
        {isOpen ? <ul>{children()}</ul> : undefined}
      </details>
    </li>
  );
}
