import type { ReactNode } from "react";
import "./screen.css";

interface ScreenProps {
  readonly title: string;
  /** Beside the title. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A screen that is no list of messages: its name, and what it has to say, in sections. */
export function Screen({ title, beside, children }: ScreenProps) {
  return (
    <>
      <div className="shell-bar">
        <h1>{title}</h1>
        {beside}
      </div>
      <section className="screen" aria-label={title} tabIndex={0}>
        {children}
      </section>
    </>
  );
}

interface SectionProps {
  readonly title: string;
  /** A few words after the title. */
  readonly note?: ReactNode;
  /** At the end of the title's line. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, note, actions, children }: SectionProps) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {note === undefined ? undefined : <span className="section-note">{note}</span>}
        {actions === undefined ? undefined : <div className="section-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

interface FactsProps {
  readonly facts: readonly (readonly [name: string, fact: ReactNode])[];
  /** Many short ones stand side by side where there is room. */
  readonly areMany?: boolean;
}

/** Names of facts with what they are. */
export function Facts({ facts, areMany = false }: FactsProps) {
  return (
    <dl className={areMany ? "facts facts-many" : "facts"}>
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
