import { useMemo } from "react";
import { visible } from "../../../../src/core/visible.ts";
import type { OpenFeed } from "../../bridge/feed-handle.ts";
import { useLiveState } from "../../bridge/bridge.tsx";
import { MessageList } from "../../feed/message-list.tsx";
import type { Pausing } from "../../feed/use-pausing.ts";
import { NoMessages } from "./no-messages.tsx";

interface Props extends OpenFeed {
  readonly channel: string;
  readonly query: string | undefined;
  readonly at: string | undefined;
  readonly pausing: Pausing;
}

/** The messages of a channel, one below the other. */
export function ChannelFeed({ state, feed, channel, query, at, pausing }: Props) {
  const all = useLiveState(({ pending }) => pending);
  const pending = useMemo(() => all.filter(({ outgoing }) => outgoing.channel === channel), [all, channel]);
  const total = useLiveState(({ channels }) => channels?.get(channel)?.messages);
  const isWhole = query === undefined;
  return (
    <MessageList
      state={state}
      feed={feed}
      label={`Messages in ${visible(channel, { keepsLines: false })}`}
      empty={<NoMessages channel={channel} query={query} />}
      pausing={pausing}
      pending={pending}
      total={isWhole ? total : undefined}
      isWhole={isWhole}
      at={at}
    />
  );
}
