<<<<<<< HEAD
import { useFeed, useLiveState } from "../../bridge/bridge.tsx";
import { useHistory } from "../../feed/history.ts";
import { MessageList } from "../../feed/message-list.tsx";
import { PauseButton } from "../../feed/pause-button.tsx";
import { usePausing } from "../../feed/use-pausing.ts";
import { ScreenName } from "../../shell/rail-sheet.tsx";
import { useSearchParam } from "../../use-search-param.ts";
import { NoMessages } from "../channel/no-messages.tsx";
=======
import { useHistory } from "../../feed/history.ts";
import { useSearchParam } from "../../use-search-param.ts";
import { Messages } from "../../views/messages.tsx";
import { ViewTabs } from "../../views/view-tabs.tsx";
>>>>>>> 019d25e81a4be996904f74354ad7251553801773

/** The messages of all channels. */
export function AllScreen() {
  const [query] = useSearchParam("q");
<<<<<<< HEAD
  const [at] = useSearchParam("at");
  const feed = useFeed(useHistory(query ?? ""), at);
  const pausing = usePausing(feed);
  const channels = useLiveState((state) => state.channels);
  const total = channels && [...channels.values()].reduce((sum, { messages }) => sum + messages, 0);
  return (
    <>
      <div className="shell-bar">
        <ScreenName>{query === undefined ? "All messages" : "Messages that fit the filter"}</ScreenName>
        <div className="shell-bar-rest">
          <PauseButton pausing={pausing} />
        </div>
      </div>
      {feed === undefined ? undefined : (
        <MessageList
          {...feed}
          label="Messages of all channels"
          empty={<NoMessages query={query} />}
          pausing={pausing}
          total={query === undefined ? total : undefined}
          showsChannel
          at={at}
        />
      )}
=======
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
>>>>>>> 019d25e81a4be996904f74354ad7251553801773
    </>
  );
}
