import { visible } from "../../../../src/core/visible.ts";
import { useLiveState } from "../../bridge/bridge.tsx";
import { ExportButton } from "../../export/export-button.tsx";
import { inChannel } from "../../feed/history.ts";
import { PauseButton } from "../../feed/pause-button.tsx";
import type { Pausing } from "../../feed/use-pausing.ts";
import { useNeeds } from "../../needs/use-needs.ts";
import { ScreenName } from "../../shell/rail-sheet.tsx";
import { useSearchParam } from "../../use-search-param.ts";
import { ViewTabs } from "../../views/view-tabs.tsx";
import "./channel-bar.css";
import { ClearChannel } from "./clear-channel.tsx";

interface Props {
  readonly channel: string;
  /** Of its list. */
  readonly pausing: Pausing;
}

/** Which channel it is, how it can be looked at, and what can be done with it. */
export function ChannelBar({ channel, pausing }: Props) {
  const [query] = useSearchParam("q");
  const info = useLiveState(({ channels }) => channels?.get(channel));
  const actions = (
    <>
      <ExportButton query={inChannel(channel, query)} title={visible(channel, { keepsLines: false })} />
      <ClearChannel channel={channel} count={info?.messages ?? 0} />
    </>
  );
  return (
    <div className="shell-bar channel-bar">
      <ScreenName actions={actions}>{visible(channel, { keepsLines: false })}</ScreenName>
      <ChannelFacts channel={channel} senders={info?.senders.length ?? 0} />
      <div className="shell-bar-rest channel-bar-tools">
        <ViewTabs />
        <PauseButton pausing={pausing} />
        <span className="channel-bar-actions">{actions}</span>
      </div>
    </div>
  );
}

/** Only what is known: who wrote here, and which questions to a person are open. */
function ChannelFacts({ channel, senders }: { readonly channel: string; readonly senders: number }) {
  const { data } = useNeeds();
  const open = data?.questions.filter((question) => question.channel === channel).length ?? 0;
  const facts = [
    ...(senders === 0 ? [] : [senders === 1 ? "1 sender" : `${senders} senders`]),
    ...(open === 0 ? [] : [open === 1 ? "1 question to you" : `${open} questions to you`]),
  ];
  return facts.length === 0 ? undefined : <p className="channel-facts">{facts.join(", ")}</p>;
}
