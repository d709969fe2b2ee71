import { type ReactNode, Suspense, useState } from "react";
import type { History } from "../../../src/view/live/history.ts";
import type { Pending } from "../../../src/view/live/pending.ts";
import type { Row } from "../../../src/view/live/rows.ts";
import { useFeed } from "../bridge/bridge.tsx";
import type { OpenFeed } from "../bridge/feed-handle.ts";
import { ListError } from "../feed/list-states.tsx";
import { MessageList } from "../feed/message-list.tsx";
import { type Pausing, usePausing } from "../feed/use-pausing.ts";
import { deferred } from "../parts/deferred.ts";
import { useSearchParam } from "../use-search-param.ts";
import { useShownList } from "./shown-list.ts";
import { useView } from "./view-tabs.tsx";

// The feed is what one sees first.
const Threads = deferred(async () => (await import("../threads/threads.tsx")).Threads);
const Wire = deferred(async () => (await import("../wire/wire.tsx")).Wire);

/** The list of a screen, and whether it goes on. */
export interface Shown {
  readonly open: OpenFeed | undefined;
  readonly pausing: Pausing;
  /** The id of the message that the list began at. */
  readonly at: string | undefined;
}

/** Opens the messages of a screen where its address says. `history` must stay the same while they are. */
export function useShown(history: History): Shown {
  const [view] = useView();
  const [at] = useSearchParam("at");
  const [opened, setOpened] = useState(at);
  const open = useFeed(history, opened);
  // In time travel `at` goes from message to message of a list that is open already; a list begins at any other.
  const isKnown = view === "wire" && (at === undefined || open?.state.rows.some(({ key }) => key === at) === true);
  if (opened !== at && !isKnown) setOpened(at);
  return { open, pausing: usePausing(open), at: opened };
}

interface Props {
  readonly shown: Shown;
  /** What they are, for those who do not see them. */
  readonly label: string;
  /** Where there are none. */
  readonly empty: ReactNode;
  /** What was sent from here and is to stand at the end. */
  readonly pending?: readonly Pending[];
  /** How many there are, where that is known. */
  readonly total?: number | undefined;
  /** Every message of a channel, with nothing left out. */
  readonly isWhole?: boolean;
  readonly showsChannel?: boolean;
}

const none: readonly Row[] = [];

/** The messages of a screen, looked at as the address says. */
export function Messages({ shown: { open, pausing, at }, label, empty, ...more }: Props) {
  const [view] = useView();
  useShownList(open?.state.rows ?? none);
  if (open === undefined) return undefined;
  if (view === "feed") return <MessageList {...open} {...more} {...{ label, empty, pausing, at }} />;
  const { rows, isLoading, error } = open.state;
  if (rows.length === 0 && error !== undefined) return <ListError error={error} onRetry={open.feed.retry} />;
  if (rows.length === 0 && !isLoading) return <div className="message-list">{empty}</div>;
  return (
    <Suspense>
      {view === "wire" ? <Wire {...open} pausing={pausing} label={label} /> : <Threads {...open} label={label} />}
    </Suspense>
  );
}
