import type { ReactNode } from "react";
import "./filter-by.css";
import { useAddFilter } from "./use-query.ts";

interface Props {
  readonly word: string;
  readonly value: string;
  readonly children: ReactNode;
}

/** A value that is looked for when it is pressed, beside what is looked for already. */
export function FilterBy({ word, value, children }: Props) {
  const add = useAddFilter();
  return (
    <button type="button" className="filter-by" title={`Show only ${word} this`} onClick={() => add(word, value)}>
      {children}
    </button>
  );
}
