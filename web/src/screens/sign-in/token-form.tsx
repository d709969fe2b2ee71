import { type FormEvent, useState } from "react";
import type { SigningIn } from "../../../../src/client/index.ts";
import { Button } from "../../parts/button.tsx";

/** With a token, which leaves the page with the request and is kept nowhere. */
export function TokenForm({ onSubmit }: { readonly onSubmit: (how: SigningIn) => void }) {
  const [token, setToken] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    setToken("");
    onSubmit({ token: token.trim() });
  }

  return (
    <form onSubmit={submit}>
      <label>
        Token
        <input
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      </label>
      <Button kind="primary" type="submit">
        Sign in
      </Button>
    </form>
  );
}
