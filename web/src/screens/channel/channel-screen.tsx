import { visible } from "../../../../src/core/visible.ts";
import { useFeed } from "../../bridge/bridge.tsx";
import { Composer } from "../../composer/composer.tsx";
import { inChannel, useHistory } from "../../feed/history.ts";
import { MessageList } from "../../feed/message-list.tsx";
import { useSearchParam } from "../../use-search-param.ts";

/** A channel: its messages, and a place to write. */
export function ChannelScreen({ channel }: { readonly channel: string }) {
  const [query] = useSearchParam("q");
  const [at] = useSearchParam("at");
  const feed = useFeed(useHistory(inChannel(channel, query)), at);
  return (
    <>
      <div className="shell-bar">
        <h1>{visible(channel)}</h1>
      </div>
      {feed === undefined ? undefined : (
        <MessageList
          {...feed}
          label={`Messages in ${visible(channel)}`}
          empty={<p className="message-list-empty">Nothing here yet.</p>}
        />
      )}
      <Composer channel={channel} />
    </>
  );
}
