import { session } from "../../bridge/session.ts";
import { Button } from "../../parts/button.tsx";
import { Countdown } from "../../parts/countdown.tsx";
import { Logo } from "../../parts/logo.tsx";
import "./sign-in.css";

/** The page is here, and the bridge does not answer: it is starting, or was stopped. */
export function Away({ retryAt }: { readonly retryAt: number }) {
  return (
    <main className="sign-in">
      <h1>
        <Logo /> Claude Bridge
      </h1>
      <p>
        <strong>{location.host}</strong> does not answer. It may be starting; or start it with{" "}
        <code>claude-bridge up</code>.
      </p>
      <p>
        Trying again <Countdown to={retryAt} />.
      </p>
      <Button className="sign-in-now" onClick={() => void session.open()}>
        Try now
      </Button>
    </main>
  );
}
