import { type FormEvent, useState } from "react";
import type { SigningIn } from "../../../../src/client/index.ts";
import { Button } from "../../parts/button.tsx";

/** With the code of an invitation; the link of `claude-bridge open` does too, pasted whole. */
export function CodeForm({ onSubmit }: { readonly onSubmit: (how: SigningIn) => void }) {
  const [code, setCode] = useState("");
  const [name, setName] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    setCode("");
    onSubmit({ code: codeIn(code), name: name.trim() || undefined });
  }

  return (
    <form onSubmit={submit}>
      <label>
        Join code
        <input
          className="sign-in-code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="K7QF-4TM2"
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <label>
        Your name
        <input
          autoComplete="off"
          spellCheck={false}
          maxLength={48}
          aria-describedby="sign-in-name-hint"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <small id="sign-in-name-hint">Not needed where the invitation was made for you by name.</small>
      </label>
      <Button kind="primary" type="submit">
        Sign in
      </Button>
    </form>
  );
}

const codeIn = (given: string): string => /#signin=([\w-]+)/.exec(given)?.[1] ?? given.trim();
