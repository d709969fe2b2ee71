/** Settings. */
export function SettingsScreen() {
  return (
    <div className="shell-bar">
      <h1>Settings</h1>
    </div>
  );
}
