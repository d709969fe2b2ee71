import type { ReactNode } from "react";
import "./rows.css";

export const Rows = ({ children }: { readonly children: ReactNode }) => <ul className="who-rows">{children}</ul>;

interface RowProps {
  readonly name: string;
  readonly facts: readonly string[];
  readonly action?: ReactNode;
}

/** Somebody or something with a few facts, and what can be done about it. */
export function Row({ name, facts, action }: RowProps) {
  return (
    <li className="who-row">
      <bdi className="who-row-name">{name}</bdi>
      <span className="who-row-facts">{facts.join(" · ")}</span>
      <span className="who-row-action">{action}</span>
    </li>
  );
}
