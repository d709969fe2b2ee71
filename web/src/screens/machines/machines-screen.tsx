/** Machines. */
export function MachinesScreen() {
  return (
    <div className="shell-bar">
      <h1>Machines</h1>
    </div>
  );
}
