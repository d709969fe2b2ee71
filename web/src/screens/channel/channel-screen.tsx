import { Tabs } from "@base-ui/react/tabs";
import { visible } from "../../../../src/core/visible.ts";
import { useFeed } from "../../bridge/bridge.tsx";
import { Composer } from "../../composer/composer.tsx";
import { useChannelHistory } from "../../feed/history.ts";
import { usePausing } from "../../feed/use-pausing.ts";
import { useSearchParam } from "../../use-search-param.ts";
import { ChannelBar } from "./channel-bar.tsx";
import "./channel-screen.css";
import { ChannelFeed } from "./channel-feed.tsx";
import { useMarkSeen } from "../../shell/rail-seen.ts";
import { viewOf } from "./views.ts";

/** A channel: its messages in whichever view, and a place to write. */
export function ChannelScreen({ channel }: { readonly channel: string }) {
  const [query] = useSearchParam("q");
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
  );
}
