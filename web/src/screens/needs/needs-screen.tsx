import { useNeedsCount } from "../../needs/use-needs.ts";

/** Needs you. */
export function NeedsScreen() {
  const count = useNeedsCount();
  return (
    <div className="shell-bar">
      <h1>Needs you</h1>
      {count === 0 ? undefined : <span className="needs-count">{count}</span>}
    </div>
  );
}
