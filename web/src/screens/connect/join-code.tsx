import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Inviting } from "../../../../src/client/index.ts";
import { client } from "../../bridge/bridge.tsx";
import { Button } from "../../parts/button.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { whoKey } from "../machines/use-machines.ts";
import { Invited } from "./invited.tsx";
import "./join-code.css";
import { staySignedIn } from "./stay-signed-in.ts";

type Kind = "machine" | "person";

/** Makes a join code for a machine or for a browser, and shows what to do with it until somebody has come with it. */
export function JoinCode() {
  const [kind, setKind] = useState<Kind>("machine");
  const [name, setName] = useState("phone");
  const [isReadOnly, setIsReadOnly] = useState(false);
  const queries = useQueryClient();
  const { mutate, data, isPending, error, reset } = useMutation({
    async mutationFn(inviting: Inviting) {
      await staySignedIn(client);
      return client.invite(inviting);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: whoKey }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    mutate(kind === "machine" ? { kind, isReadOnly } : { kind, name: name.trim(), isReadOnly });
  }

  if (data !== undefined) return <Invited invitation={data} kind={kind} onAgain={reset} />;
  return (
    <form className="join-code" onSubmit={submit}>
      <fieldset className="join-code-kinds">
        <legend>Who comes</legend>
        <Choice kind="machine" chosen={kind} onChoose={setKind}>
          A machine with agents
        </Choice>
        <Choice kind="person" chosen={kind} onChoose={setKind}>
          A phone, or another browser
        </Choice>
      </fieldset>
      {kind === "person" ? (
        <label className="join-code-name">
          Name
          <input
            required
            maxLength={48}
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
      ) : undefined}
      <label className="join-code-choice">
        <input type="checkbox" checked={isReadOnly} onChange={(event) => setIsReadOnly(event.target.checked)} />
        It may only read
      </label>
      <Button kind="primary" type="submit" disabled={isPending}>
        Make a join code
      </Button>
      <Trouble error={error} />
    </form>
  );
}

interface ChoiceProps {
  readonly kind: Kind;
  readonly chosen: Kind;
  readonly onChoose: (kind: Kind) => void;
  readonly children: string;
}

function Choice({ kind, chosen, onChoose, children }: ChoiceProps) {
  return (
    <label className="join-code-choice">
      <input type="radio" name="join-code-kind" checked={kind === chosen} onChange={() => onChoose(kind)} />
      {children}
    </label>
  );
}
