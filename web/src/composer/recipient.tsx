import { useId, useMemo } from "react";
import { visible } from "../../../src/core/visible.ts";
import { doingWords } from "../../../src/view/machines.ts";
import { knownNames, recipientWords } from "../../../src/view/recipient-words.ts";
import { useLiveState } from "../bridge/bridge.tsx";
import { useNow } from "../parts/now.ts";

interface Props {
  readonly to: string;
  readonly onChange: (to: string) => void;
}

/** Whom it is for; nobody in particular while it is empty. */
export function Recipient({ to, onChange }: Props) {
  const agents = useLiveState((state) => state.agents);
  const now = useNow();
  const list = useId();
  const names = useMemo(() => knownNames(agents.values()), [agents]);
  return (
    <label className="composer-field">
      to
      <input
        aria-label="Recipient"
        list={list}
        placeholder="anyone"
        autoComplete="off"
        spellCheck={false}
        value={to}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {names.map((name) => {
          const agent = agents.get(name);
          const shown = visible(name, { keepsLines: false });
          return (
            <option key={name} value={name}>
              {agent === undefined ? shown : `${shown}, ${doingWords(agent, now)}`}
            </option>
          );
        })}
      </datalist>
    </label>
  );
}

/** What will become of it, as far as that is known now. */
export function RecipientHint({ to }: { readonly to: string }) {
  const agents = useLiveState((state) => state.agents);
  const now = useNow();
  const isAway = useLiveState(({ connection }) => connection.kind === "retrying");
  if (isAway)
    return <p className="composer-hint">The bridge is away: it is kept here, and goes out when it is back.</p>;
  const name = to.trim();
  return name === "" ? undefined : <p className="composer-hint">{recipientWords(name, agents, now)}</p>;
}
