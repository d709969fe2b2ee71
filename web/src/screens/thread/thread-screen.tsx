import { visible } from "../../../../src/core/visible.ts";
import { useFeed } from "../../bridge/bridge.tsx";
import { inThread, useHistory } from "../../feed/history.ts";
import { MessageList } from "../../feed/message-list.tsx";

/** The messages of a thread, in whatever channels they are. */
export function ThreadScreen({ thread }: { readonly thread: string }) {
  const feed = useFeed(useHistory(inThread(thread)));
  return (
    <>
      <div className="shell-bar">
        <h1>{visible(thread)}</h1>
      </div>
      {feed === undefined ? undefined : (
        <MessageList
          {...feed}
          label={`Messages of the thread ${visible(thread)}`}
          empty={<p className="message-list-empty">This thread has no messages.</p>}
        />
      )}
    </>
  );
}
