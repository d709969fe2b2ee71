import { useMemo } from "react";
import { layOut } from "../../../../src/view/wire/layout.ts";
import type { OpenFeed } from "../../bridge/feed-handle.ts";
import { useFeed } from "../../bridge/bridge.tsx";
import { useHistory } from "../../feed/history.ts";
import { usePausing } from "../../feed/use-pausing.ts";
import { Section } from "../../parts/screen.tsx";
import { useSetting } from "../../settings/setting.ts";
import { Diagram } from "../../wire/diagram.tsx";
import { laneOrder, movedLane } from "../../wire/lane-order.ts";
import "../../wire/wire.css";

/** Who said what to whom lately, and from now on. Nothing where nobody spoke. */
export function LastMinutes() {
  const feed = useFeed(useHistory("after:10m"));
  if (feed === undefined || feed.state.rows.length === 0) return undefined;
  return (
    <Section title="The last 10 minutes">
      <div className="needs-wire">
        <LastWire {...feed} />
      </div>
    </Section>
  );
}

function LastWire(open: OpenFeed) {
  const { state, feed } = open;
  const pausing = usePausing(open);
  const [order, setOrder] = useSetting(laneOrder);
  const layout = useMemo(() => layOut(state.rows, { order }), [state.rows, order]);
  return (
    <Diagram
      layout={layout}
      state={state}
      feed={feed}
      isList={false}
      pausing={pausing}
      isNow={!state.hasNewer}
      isBack={state.hasNewer}
      onMove={(from, to) => setOrder(movedLane(layout.lanes, order, from, to))}
    />
  );
}
