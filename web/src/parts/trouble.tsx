import { BridgeError } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import "./trouble.css";

/** Why something could not be shown or done, as the bridge says it. */
export function Trouble({ error }: { readonly error: Error | null | undefined }) {
  if (error === null || error === undefined) return undefined;
  const isForbidden = error instanceof BridgeError && error.code === "forbidden";
  return (
    <p className="trouble" role="alert">
      {isForbidden ? "This is for administrators of the bridge: " : undefined}
      {visible(error.message)}
    </p>
  );
}
