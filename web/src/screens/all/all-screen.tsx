import { useHistory } from "../../feed/history.ts";
import { useSearchParam } from "../../use-search-param.ts";
import { Messages } from "../../views/messages.tsx";
import { ViewTabs } from "../../views/view-tabs.tsx";

/** The messages of all channels. */
export function AllScreen() {
  const [query] = useSearchParam("q");
  return (
    <>
      <div className="shell-bar">
        <h1>All messages</h1>
        <span className="shell-bar-rest" />
        <ViewTabs />
      </div>
      <Messages
        history={useHistory(query ?? "")}
        label="Messages of all channels"
        empty={<p className="message-list-empty">No messages yet.</p>}
      />
    </>
  );
}
