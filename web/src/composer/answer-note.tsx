import type { Sent } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import { Button } from "../parts/button.tsx";

interface Props {
  readonly sent: Sent | undefined;
  readonly onClose: () => void;
}

/** What the bridge said of the last message that was sent. */
export function AnswerNote({ sent, onClose }: Props) {
  return (
    <div className="composer-answer" aria-live="polite">
      {sent === undefined ? undefined : (
        <>
          <div>
            {sent.next === undefined ? undefined : <p>{visible(sent.next)}</p>}
            {sent.note === undefined ? undefined : <p className="composer-warning">{visible(sent.note)}</p>}
            {sent.warnings.map((warning) => (
              <p key={warning} className="composer-warning">
                {visible(warning)}
              </p>
            ))}
          </div>
          <Button kind="quiet" aria-label="Close the note" onClick={onClose}>
            ×
          </Button>
        </>
      )}
    </div>
  );
}
