import type { ReactNode } from "react";
import "./toggle.css";

interface Props {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly note?: ReactNode;
  readonly children: string;
}

/** Something that is on or off. */
export function Toggle({ isOn, onChange, note, children }: Props) {
  return (
    <label className="toggle">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      <span className="toggle-name">{children}</span>
      {note === undefined ? undefined : <span className="toggle-note">{note}</span>}
    </label>
  );
}
