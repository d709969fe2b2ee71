import { useId, useState } from "react";
import { visible } from "../../../src/core/visible.ts";
import { useSender } from "./sender.ts";

/** Under which name it goes out. */
export function SenderChoice() {
  const { name, isProved, others, choose } = useSender();
  const [typed, setTyped] = useState(name);
  const list = useId();
  if (isProved) {
    return (
      <span className="composer-as">
        as <bdi>{visible(name, { keepsLines: false })}</bdi>
      </span>
    );
  }
  return (
    <label className="composer-field">
      as
      <input
        aria-label="Your name"
        list={list}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          choose(typed);
          setTyped(typed.trim() === "" ? "you" : typed.trim());
        }}
      />
      <datalist id={list}>
        {others.map((other) => (
          <option key={other} value={other}>
            {visible(other, { keepsLines: false })}
          </option>
        ))}
      </datalist>
    </label>
  );
}
