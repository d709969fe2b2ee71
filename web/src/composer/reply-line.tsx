import type { ReceivedMessage } from "../../../src/client/index.ts";
import { visible } from "../../../src/core/visible.ts";
import { gistOf, gistText, saidBy } from "../../../src/view/said.ts";
import { Button } from "../parts/button.tsx";

interface Props {
  readonly message: ReceivedMessage;
  readonly onCancel: () => void;
}

/** What the message that is being written answers. */
export function ReplyLine({ message, onCancel }: Props) {
  return (
    <div className="composer-reply">
      <p>
        Reply to <bdi className="composer-reply-who">{visible(message.sender, { keepsLines: false })}</bdi>{" "}
        <bdi>{gistText(gistOf(saidBy(message).body))}</bdi>
      </p>
      <Button kind="quiet" aria-label="Do not reply" onClick={onCancel}>
        ×
      </Button>
    </div>
  );
}
