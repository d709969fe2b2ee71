/** Health. */
export function HealthScreen() {
  return (
    <div className="shell-bar">
      <h1>Health</h1>
    </div>
  );
}
