import { useLiveState } from "../../bridge/bridge.tsx";
import { ExportButton } from "../../export/export-button.tsx";
import { useHistory } from "../../feed/history.ts";
import { PauseButton } from "../../feed/pause-button.tsx";
import { ScreenName } from "../../shell/rail-sheet.tsx";
import { useSearchParam } from "../../use-search-param.ts";
import { Messages, useShown } from "../../views/messages.tsx";
import { ViewTabs } from "../../views/view-tabs.tsx";
import { NoMessages } from "../channel/no-messages.tsx";

/** The messages of all channels. */
export function AllScreen() {
  const [query] = useSearchParam("q");
  const shown = useShown(useHistory(query ?? ""));
  const channels = useLiveState((state) => state.channels);
  const total = channels && [...channels.values()].reduce((sum, { messages }) => sum + messages, 0);
  return (
    <>
      <div className="shell-bar">
        <ScreenName actions={<ExportButton query={query ?? ""} title="Messages" />}>
          {query === undefined ? "All messages" : "Messages that fit the filter"}
        </ScreenName>
        <span className="shell-bar-rest" />
        <ViewTabs />
        <PauseButton pausing={shown.pausing} />
        <ExportButton query={query ?? ""} title="Messages" />
      </div>
      <Messages
        shown={shown}
        label="Messages of all channels"
        empty={<NoMessages query={query} />}
        total={query === undefined ? total : undefined}
        showsChannel
      />
    </>
  );
}
