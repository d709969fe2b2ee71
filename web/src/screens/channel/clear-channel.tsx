import { useState } from "react";
import { visible } from "../../../../src/core/visible.ts";
import { client } from "../../bridge/bridge.tsx";
import { useMay } from "../../bridge/rights.ts";
import { Button } from "../../parts/button.tsx";
import { Modal } from "../../parts/modal.tsx";
import "../../parts/dialog.css";
import { rememberClear } from "./last-clear.ts";

interface Props {
  readonly channel: string;
  readonly count: number;
}

/** Deletes the messages of a channel, once it was confirmed. The row that says so in the list has the way back. */
export function ClearChannel({ channel, count }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<Error>();
  const mayClear = useMay("clear");

  function open(next: boolean) {
    setError(undefined);
    setOpen(next);
  }
  function clear() {
    client.clear(channel).then(({ cleared, undo }) => {
      rememberClear(undo && { channel, count: cleared, ...undo });
      open(false);
    }, setError);
  }

  if (!mayClear) return undefined;
  const messages = count === 1 ? "The 1 message" : `All ${count.toLocaleString("en-GB")} messages`;
  return (
    <>
      <Button kind="quiet" disabled={count === 0} aria-haspopup="dialog" onClick={() => open(true)}>
        Clear
      </Button>
      {isOpen ? (
        <Modal label="Clear the channel" className="dialog" onClose={() => open(false)}>
          <h2 className="dialog-title">
            Clear <bdi>{visible(channel, { keepsLines: false })}</bdi>?
          </h2>
          <p className="dialog-text">
            {messages} will be deleted for everybody, also what nobody has read yet. For 10 minutes it can be undone.
          </p>
          {error === undefined ? undefined : (
            <p className="dialog-error" role="alert">
              {visible(error.message)}
            </p>
          )}
          <div className="dialog-actions">
            <Button onClick={() => open(false)}>Keep</Button>
            <Button kind="primary" onClick={clear}>
              Clear {count.toLocaleString("en-GB")}
            </Button>
          </div>
        </Modal>
      ) : undefined}
    </>
  );
}
