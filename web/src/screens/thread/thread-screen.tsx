import { visible } from "../../../../src/core/visible.ts";
import { ExportButton } from "../../export/export-button.tsx";
import { inThread, useHistory } from "../../feed/history.ts";
import { PauseButton } from "../../feed/pause-button.tsx";
import { ScreenName } from "../../shell/rail-sheet.tsx";
import { Messages, useShown } from "../../views/messages.tsx";
import { ViewTabs } from "../../views/view-tabs.tsx";

/** The messages of a thread, in whatever channels they are. */
export function ThreadScreen({ thread }: { readonly thread: string }) {
  const shown = useShown(useHistory(inThread(thread)));
  return (
    <>
      <div className="shell-bar">
        <ScreenName actions={<ExportButton query={inThread(thread)} title={visible(thread, { keepsLines: false })} />}>
          {visible(thread, { keepsLines: false })}
        </ScreenName>
        <span className="shell-bar-rest" />
        <ViewTabs />
        <PauseButton pausing={shown.pausing} />
        <ExportButton query={inThread(thread)} title={visible(thread, { keepsLines: false })} />
      </div>
      <Messages
        shown={shown}
        label={`Messages of the thread ${visible(thread, { keepsLines: false })}`}
        empty={<p className="message-list-empty">This thread has no messages.</p>}
        showsChannel
      />
    </>
  );
}
