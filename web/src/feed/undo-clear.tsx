import { useState } from "react";
import { visible } from "../../../src/core/visible.ts";
import { client } from "../bridge/bridge.tsx";
import { Button } from "../parts/button.tsx";
import { useNow } from "../parts/now.ts";

interface Props {
  /** Of the clear. */
  readonly id: string;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}

/** Brings back what a clear deleted, for as long as the bridge keeps it. */
export function UndoClear({ id, until }: Props) {
  const now = useNow();
  const [state, setState] = useState<"idle" | "undoing" | Error>("idle");
  if (state instanceof Error) return <span role="alert">{visible(state.message)}</span>;
  if (now > until) return undefined;

  function undo() {
    setState("undoing");
    // Once it is undone, the stream says so, and this is gone.
    client.undo(id).then(() => {}, setState);
  }
  return (
    <Button kind="quiet" className="notice-row-undo" disabled={state === "undoing"} onClick={undo}>
      Undo
    </Button>
  );
}
