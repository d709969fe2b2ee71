/** Connect a machine. */
export function ConnectScreen() {
  return (
    <div className="shell-bar">
      <h1>Connect a machine</h1>
    </div>
  );
}
