import { session } from "../../bridge/session.ts";
import { Button } from "../../parts/button.tsx";
import { Logo } from "../../parts/logo.tsx";
import "./sign-in.css";

/** The bridge answers, and that not as it should: an address that it does not go by, or a fault of its own. */
export function Refused({ error }: { readonly error: Error }) {
  return (
    <main className="sign-in">
      <h1>
        <Logo /> Claude Bridge
      </h1>
      <p role="alert" className="sign-in-error">
        {error.message}
      </p>
      <p>
        <code>claude-bridge doctor</code>, on the bridge's machine, says what is wrong.
      </p>
      <Button className="sign-in-now" onClick={() => void session.open()}>
        Try again
      </Button>
    </main>
  );
}
