import { useLiveState } from "../bridge/bridge.tsx";
import "./connection-bar.css";

/** Says so when the bridge is away. Not before two seconds: most of it is over by then. */
export function ConnectionBar() {
  const connection = useLiveState((state) => state.connection);
  if (connection.kind !== "retrying") return undefined;
  return (
    <p className="connection-bar" role="alert">
      Connection lost. Trying again. Messages are safe on the bridge.
    </p>
  );
}
