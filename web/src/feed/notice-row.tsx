import { useState } from "react";
import type { ReceivedClear } from "../../../src/client/index.ts";
import { undoMs } from "../../../src/core/limits.ts";
import type { NoticeRow as Row } from "../../../src/view/live/rows.ts";
import { wordsOfNotice } from "../../../src/view/notice.ts";
import { client } from "../bridge/bridge.tsx";
import { Button } from "../parts/button.tsx";
import { useNow } from "../parts/now.ts";
import "./notice-row.css";

interface Props {
  readonly row: Row;
  /** When the first message after it was accepted. */
  readonly before: number | undefined;
  readonly isActive: boolean;
}

/** What happened to a channel beside its messages. */
export function NoticeRow({ row: { entry }, before, isActive }: Props) {
  return (
    <div className="notice-row" data-line tabIndex={isActive ? 0 : -1}>
      <span>{wordsOfNotice(entry, before)}</span>
      {entry.kind === "cleared" ? <Undo entry={entry} /> : undefined}
    </div>
  );
}

/** For as long as the bridge keeps what was cleared. */
function Undo({ entry: { id, acceptedAt } }: { readonly entry: ReceivedClear }) {
  const now = useNow();
  const [state, setState] = useState<"idle" | "undoing" | Error>("idle");
  if (state instanceof Error) return <span role="alert">{state.message}</span>;
  if (now > acceptedAt + undoMs) return undefined;

  function undo() {
    setState("undoing");
    // Once it is undone, this row is gone.
    client.undo(id).then(() => {}, setState);
  }
  return (
    <Button kind="quiet" className="notice-row-undo" disabled={state === "undoing"} onClick={undo}>
      Undo
    </Button>
  );
}
