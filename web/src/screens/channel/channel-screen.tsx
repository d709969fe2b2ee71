import { Tabs } from "@base-ui/react/tabs";
import { visible } from "../../../../src/core/visible.ts";
import { Composer } from "../../composer/composer.tsx";
<<<<<<< HEAD
import { useChannelHistory } from "../../feed/history.ts";
import { usePausing } from "../../feed/use-pausing.ts";
import { useSearchParam } from "../../use-search-param.ts";
import { ChannelBar } from "./channel-bar.tsx";
import "./channel-screen.css";
import { ChannelFeed } from "./channel-feed.tsx";
import { useMarkSeen } from "../../shell/rail-seen.ts";
import { viewOf } from "./views.ts";
=======
import { inChannel, useHistory } from "../../feed/history.ts";
import { useSearchParam } from "../../use-search-param.ts";
import { Messages } from "../../views/messages.tsx";
import { ViewTabs } from "../../views/view-tabs.tsx";
>>>>>>> 019d25e81a4be996904f74354ad7251553801773

/** A channel: its messages in whichever view, and a place to write. */
export function ChannelScreen({ channel }: { readonly channel: string }) {
  const [query] = useSearchParam("q");
<<<<<<< HEAD
  const [at] = useSearchParam("at");
  const [viewName, setView] = useSearchParam("view");
  const feed = useFeed(useChannelHistory(channel, query), at);
  const pausing = usePausing(feed);
  const view = viewOf(viewName);
  useMarkSeen(channel);
  return (
    <Tabs.Root
      className="channel-screen"
      value={view}
      onValueChange={(next: string) => setView(next === "feed" ? undefined : next)}
    >
      <ChannelBar channel={channel} pausing={view === "feed" ? pausing : undefined} />
      <Tabs.Panel className="channel-view" value="feed" tabIndex={-1} aria-label={`Feed of ${visible(channel)}`}>
        {feed === undefined ? undefined : (
          <ChannelFeed {...feed} channel={channel} query={query} at={at} pausing={pausing} />
        )}
      </Tabs.Panel>
      <Composer key={channel} channel={channel} onSend={pausing.toEnd} />
    </Tabs.Root>
=======
  return (
    <>
      <div className="shell-bar">
        <h1>{visible(channel)}</h1>
        <span className="shell-bar-rest" />
        <ViewTabs />
      </div>
      <Messages
        history={useHistory(inChannel(channel, query))}
        label={`Messages in ${visible(channel)}`}
        empty={<p className="message-list-empty">Nothing here yet.</p>}
      />
      <Composer channel={channel} />
    </>
>>>>>>> 019d25e81a4be996904f74354ad7251553801773
  );
}
