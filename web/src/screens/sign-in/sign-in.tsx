import { useState } from "react";
import type { Session, SigningIn } from "../../../../src/client/index.ts";
import { client } from "../../bridge/bridge.tsx";
import { Button } from "../../parts/button.tsx";
import { Logo } from "../../parts/logo.tsx";
import { CodeForm } from "./code-form.tsx";
import "./sign-in.css";
import { TokenForm } from "./token-form.tsx";

interface Props {
  /** Why the link that somebody came with did not sign them in. */
  readonly refusal: Error | undefined;
  readonly onSignedIn: (session: Session) => void;
}

/** For whoever the bridge does not know. Most come by a link or a code; a token is for those who run the bridge. */
export function SignIn({ refusal, onSignedIn }: Props) {
  const [error, setError] = useState(refusal);
  const [hasToken, setHasToken] = useState(false);

  function signIn(how: SigningIn): void {
    setError(undefined);
    client.signIn(how).then(onSignedIn, setError);
  }

  return (
    <main className="sign-in">
      <h1>
        <Logo /> Claude Bridge
      </h1>
      <p>
        <strong>{location.host}</strong> asks who you are. On its machine, run <code>claude-bridge open</code>: it opens
        this page signed in.{" "}
        {hasToken ? undefined : "Or ask for an invitation, and type the join code that comes with it."}
      </p>
      {hasToken ? <TokenForm onSubmit={signIn} /> : <CodeForm onSubmit={signIn} />}
      {error === undefined ? undefined : (
        <p role="alert" className="sign-in-error">
          {error.message}
        </p>
      )}
      <Button kind="quiet" className="sign-in-other" onClick={() => setHasToken(!hasToken)}>
        {hasToken ? "Use a join code instead" : "I have a token"}
      </Button>
    </main>
  );
}
