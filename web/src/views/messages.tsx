import { type ReactNode, useState } from "react";
import type { History } from "../../../src/view/live/history.ts";
import { useFeed } from "../bridge/bridge.tsx";
import { MessageList } from "../feed/message-list.tsx";
import { Threads } from "../threads/threads.tsx";
import { useSearchParam } from "../use-search-param.ts";
import { Wire } from "../wire/wire.tsx";
import { useView } from "./view-tabs.tsx";

interface Props {
  readonly history: History;
  /** What they are, for those who do not see them. */
  readonly label: string;
  /** Where there are none. */
  readonly empty: ReactNode;
}

/** The messages of a screen, looked at as the address says. */
export function Messages({ history, label, empty }: Props) {
  const [view] = useView();
  const [at] = useSearchParam("at");
  const [opened, setOpened] = useState(at);
  const feed = useFeed(history, opened);
  // In time travel `at` goes from message to message of a list that is open already; a list begins at any other.
  const isKnown = view === "wire" && (at === undefined || feed?.state.rows.some(({ key }) => key === at) === true);
  if (opened !== at && !isKnown) setOpened(at);

  if (feed === undefined) return undefined;
  if (feed.state.rows.length === 0 && !feed.state.isLoading) return empty;
  switch (view) {
    case "feed":
      return <MessageList {...feed} label={label} empty={empty} />;
    case "wire":
      return <Wire {...feed} label={label} />;
    case "threads":
      return <Threads {...feed} label={label} />;
  }
}
