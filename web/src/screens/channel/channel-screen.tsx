import { visible } from "../../../../src/core/visible.ts";
import { Composer } from "../../composer/composer.tsx";
import { inChannel, useHistory } from "../../feed/history.ts";
import { useSearchParam } from "../../use-search-param.ts";
import { Messages } from "../../views/messages.tsx";
import { ViewTabs } from "../../views/view-tabs.tsx";

/** A channel: its messages, and a place to write. */
export function ChannelScreen({ channel }: { readonly channel: string }) {
  const [query] = useSearchParam("q");
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
  );
}
