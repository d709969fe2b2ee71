/** Needs you. */
export function NeedsScreen() {
  return (
    <div className="shell-bar">
      <h1>Needs you</h1>
    </div>
  );
}
