import { useEffect, useMemo, useState } from "react";
import { clockTime } from "../../../src/view/ages.ts";
import { layOut } from "../../../src/view/wire/layout.ts";
import { asOf } from "../../../src/view/wire/moment.ts";
import type { OpenFeed } from "../bridge/feed-handle.ts";
import type { Pausing } from "../feed/use-pausing.ts";
import { useCommand } from "../keys/use-command.ts";
import { Button, Key } from "../parts/button.tsx";
import { useIsNarrow } from "../parts/narrow.ts";
import { useSetting } from "../settings/setting.ts";
import { useSearchParam } from "../use-search-param.ts";
import { Diagram } from "./diagram.tsx";
import { laneOrder, movedLane } from "./lane-order.ts";
import { LoopNotice } from "./loop-notice.tsx";
import { PictureMenu } from "./picture-menu.tsx";
import { TimeLine } from "./time-line.tsx";
import { lastUpTo, useReplay } from "./use-replay.ts";
import "./wire.css";

interface Props extends OpenFeed {
  /** What it is of, for those who do not see it. */
  readonly label: string;
  readonly pausing: Pausing;
}

/** Narrower screens have the list: between two lanes there would be no room for words. */
const narrowestDiagram = 560;

/** Who said what to whom, live: a sequence diagram that follows what comes, or shows how it was. */
export function Wire({ state, feed, label, pausing }: Props) {
  const [at, setAt] = useSearchParam("at");
  const [selected] = useSearchParam("sel");
  const [wantsList, setList] = useState(false);
  const isNarrow = useIsNarrow(narrowestDiagram);
  const isList = isNarrow || wantsList;
  const [order, setOrder] = useSetting(laneOrder);
  const { rows, hasNewer, isLoading } = state;
  const messages = useMemo(() => rows.filter((row) => row.kind === "message"), [rows]);
  const replay = useReplay(messages, at, setAt);
  const { moment } = replay;
  const layout = useMemo(
    () => layOut(moment === undefined ? rows : asOf(rows, moment), { order, everybodyIn: rows }),
    [rows, moment, order],
  );

  // What comes after the moment that is shown is to be seen on the time line too.
  const isNearEnd = moment !== undefined && lastUpTo(messages, moment) === messages.at(-1);
  useEffect(() => {
    if (isNearEnd && hasNewer && !isLoading) void feed.loadNewer();
  }, [feed, isNearEnd, hasNewer, isLoading]);

  function toLive() {
    replay.standAt(undefined);
    pausing.toEnd();
  }
  useCommand("close", toLive, moment !== undefined && selected === undefined);
  useCommand("step-back", () => replay.step(-1));
  useCommand("step-on", () => replay.step(1));

  return (
    <section className="wire" aria-label={label}>
      {moment === undefined ? undefined : (
        <output className="wire-banner">
          Viewing {clockTime(moment)}.
          <Button kind="quiet" onClick={toLive}>
            Return to live <Key>Esc</Key>
          </Button>
        </output>
      )}
      <LoopNotice loops={layout.loops} />
      <Diagram
        layout={layout}
        state={state}
        feed={feed}
        pausing={pausing}
        isList={isList}
        isNow={moment === undefined && !hasNewer}
        isBack={moment === undefined && hasNewer}
        onMove={(from, to) => setOrder(movedLane(layout.lanes, order, from, to))}
      />
      <div className="wire-tools">
        <TimeLine messages={messages} replay={replay} onLive={toLive} />
        {isNarrow ? undefined : (
          <Button aria-pressed={isList} onClick={() => setList(!isList)}>
            List
          </Button>
        )}
        <PictureMenu layout={layout} title={label} />
      </div>
    </section>
  );
}
