import { useFeed } from "../../bridge/bridge.tsx";
import { useHistory } from "../../feed/history.ts";
import { MessageList } from "../../feed/message-list.tsx";
import { useSearchParam } from "../../use-search-param.ts";

/** The messages of all channels. */
export function AllScreen() {
  const [query] = useSearchParam("q");
  const [at] = useSearchParam("at");
  const feed = useFeed(useHistory(query ?? ""), at);
  return (
    <>
      <div className="shell-bar">
        <h1>All messages</h1>
      </div>
      {feed === undefined ? undefined : (
        <MessageList
          {...feed}
          label="Messages of all channels"
          empty={<p className="message-list-empty">No messages yet.</p>}
        />
      )}
    </>
  );
}
