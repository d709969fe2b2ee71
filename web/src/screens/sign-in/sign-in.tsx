import { type FormEvent, useState } from "react";
import type { Session } from "../../../../src/client/index.ts";
import { client } from "../../bridge/bridge.tsx";
import { Button } from "../../parts/button.tsx";
import { Logo } from "../../parts/logo.tsx";
import "./sign-in.css";

interface Props {
  readonly refusal: Error | undefined;
  readonly onSignedIn: (session: Session) => void;
}

/** By its shape, not its length: a short token that is taken for a code would count as a wrong try of every code. */
const isCode = (secret: string) => /^[0-9a-z]{4}[- ]?[0-9a-z]{4}$/i.test(secret);

export function SignIn({ refusal, onSignedIn }: Props) {
  const [secret, setSecret] = useState("");
  const [name, setName] = useState("");
  const [error, setError] = useState(refusal);

  function submit(event: FormEvent) {
    event.preventDefault();
    const given = secret.trim();
    setSecret("");
    setError(undefined);
    const how = isCode(given) ? { code: given, name: name.trim() || undefined } : { token: given };
    client.signIn(how).then(onSignedIn, setError);
  }

  return (
    <main className="sign-in">
      <h1>
        <Logo /> Claude Bridge
      </h1>
      <p>
        This bridge asks who you are. On its machine, <code>claude-bridge open</code> opens this page signed in; or
        paste a join code or token.
      </p>
      <form onSubmit={submit}>
        <label>
          Join code or token
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            required
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </label>
        <label>
          Your name, with a join code
          <input
            autoComplete="off"
            spellCheck={false}
            maxLength={48}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <Button kind="primary" type="submit">
          Sign in
        </Button>
      </form>
      {error === undefined ? undefined : <p role="alert">{error.message}</p>}
    </main>
  );
}
