import { useMemo } from "react";
import { visible } from "../../../../src/core/visible.ts";
import { useLiveState } from "../../bridge/bridge.tsx";
import { Composer } from "../../composer/composer.tsx";
import { useChannelHistory } from "../../feed/history.ts";
import { useMarkSeen } from "../../shell/rail-seen.ts";
import { useSearchParam } from "../../use-search-param.ts";
import { Messages, useShown } from "../../views/messages.tsx";
import { ChannelBar } from "./channel-bar.tsx";
import { NoMessages } from "./no-messages.tsx";

/** A channel: its messages in whichever view, and a place to write. */
export function ChannelScreen({ channel }: { readonly channel: string }) {
  const [query] = useSearchParam("q");
  const shown = useShown(useChannelHistory(channel, query));
  const all = useLiveState(({ pending }) => pending);
  const pending = useMemo(() => all.filter(({ outgoing }) => outgoing.channel === channel), [all, channel]);
  const total = useLiveState(({ channels }) => channels?.get(channel)?.messages);
  const isWhole = query === undefined;
  useMarkSeen(channel);
  return (
    <>
      <ChannelBar channel={channel} pausing={shown.pausing} />
      <Messages
        shown={shown}
        label={`Messages in ${visible(channel, { keepsLines: false })}`}
        empty={<NoMessages channel={channel} query={query} />}
        pending={pending}
        total={isWhole ? total : undefined}
        isWhole={isWhole}
      />
      <Composer key={channel} channel={channel} onSend={shown.pausing.toEnd} />
    </>
  );
}
