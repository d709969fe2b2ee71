import { useState } from "react";
import type { SigningIn } from "../../../../src/client/index.ts";
import { session } from "../../bridge/session.ts";
import { Button } from "../../parts/button.tsx";
import { CodeForm } from "./code-form.tsx";
import { TokenForm } from "./token-form.tsx";

/** The ways in. Most come by a link or a code; a token is for those who run the bridge. */
export function HowToSignIn({ refusal }: { readonly refusal?: Error | undefined }) {
  const [error, setError] = useState(refusal);
  const [hasToken, setHasToken] = useState(false);

  function signIn(how: SigningIn): void {
    setError(undefined);
    session.signIn(how).catch(setError);
  }

  return (
    <>
      <p>
        On the bridge's machine, run <code>claude-bridge open</code>: it opens this page signed in.{" "}
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
    </>
  );
}
