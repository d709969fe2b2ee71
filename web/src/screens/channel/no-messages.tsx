import { visible } from "../../../../src/core/visible.ts";
import { Button } from "../../parts/button.tsx";
import { UndoClear } from "../../feed/undo-clear.tsx";
import { useSearchParam } from "../../use-search-param.ts";
import { useLastClear } from "./last-clear.ts";

interface Props {
  /** Undefined for all of them. */
  readonly channel?: string;
  readonly query: string | undefined;
}

/** Why a list is empty, and what to do then. */
export function NoMessages({ channel, query }: Props) {
  const [, filter] = useSearchParam("q");
  const cleared = useLastClear(channel);
  if (query !== undefined) {
    return (
      <div className="message-list-empty">
        <p>
          No message fits the filter <code>{visible(query, { keepsLines: false })}</code>.
        </p>
        <Button onClick={() => filter(undefined)}>Clear filter</Button>
      </div>
    );
  }
  if (channel === undefined) return <p className="message-list-empty">No messages yet.</p>;
  return (
    <div className="message-list-empty">
      {cleared === undefined ? undefined : (
        <p>
          {cleared.count === 1 ? "1 message was" : `${cleared.count.toLocaleString("en-GB")} messages were`} cleared
          from here. <UndoClear id={cleared.id} until={cleared.until} />
        </p>
      )}
      <p>Nothing here yet. Write the first message below, or from any terminal:</p>
      <code className="message-list-command">claude-bridge send {inShell(channel)} "hi"</code>
    </div>
  );
}

/** As it can be pasted into a shell, whatever is in the name. */
function inShell(channel: string): string {
  const name = visible(channel, { keepsLines: false });
  return /^[\w:./@-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
