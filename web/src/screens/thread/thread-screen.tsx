import { visible } from "../../../../src/core/visible.ts";
import { inThread, useHistory } from "../../feed/history.ts";
import { Messages } from "../../views/messages.tsx";
import { ViewTabs } from "../../views/view-tabs.tsx";

/** The messages of a thread, in whatever channels they are. */
export function ThreadScreen({ thread }: { readonly thread: string }) {
  return (
    <>
      <div className="shell-bar">
        <h1>{visible(thread, { keepsLines: false })}</h1>
        <span className="shell-bar-rest" />
        <ViewTabs />
      </div>
      <Messages
        history={useHistory(inThread(thread))}
        label={`Messages of the thread ${visible(thread, { keepsLines: false })}`}
        empty={<p className="message-list-empty">This thread has no messages.</p>}
      />
    </>
  );
}
