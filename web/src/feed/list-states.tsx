import type { ReactNode } from "react";
import { visible } from "../../../src/core/visible.ts";
import type { OpenFeed } from "../bridge/feed-handle.ts";
import { Button } from "../parts/button.tsx";
import { useLater } from "../parts/later.ts";
import "./list-states.css";

interface ErrorProps {
  readonly error: Error;
  readonly onRetry: () => Promise<void>;
  /** Beside rows that are there. */
  readonly isSmall?: boolean;
}

/** What could not be read, and the way to try again. */
export function ListError({ error, onRetry, isSmall = false }: ErrorProps) {
  return (
    <div className={isSmall ? "list-error list-error-small" : "list-error"} role="alert">
      <p>
        These messages could not be loaded: <bdi>{visible(error.message)}</bdi>.
      </p>
      <Button onClick={() => void onRetry()}>Try again</Button>
    </div>
  );
}

interface NoRowsProps extends OpenFeed {
  readonly label: string;
  readonly empty: ReactNode;
}

/** Where a list has no rows: why, or what is to come. */
export function NoRows({ state, feed, label, empty }: NoRowsProps) {
  if (state.error !== undefined) return <ListError error={state.error} onRetry={feed.retry} />;
  if (state.isLoading) return <ListSkeleton label={label} />;
  return (
    <div className="message-list" role="log" aria-label={label} aria-live="off">
      {empty}
    </div>
  );
}

/** Before that, most of it is there. */
const soonMs = 300;
const rows = [62, 44, 78, 36, 57, 70];

/** Where rows will be, while the first ones are on their way. */
function ListSkeleton({ label }: { readonly label: string }) {
  const isLate = useLater(soonMs);
  return (
    <div className="message-list" aria-busy="true" aria-label={label}>
      {isLate
        ? rows.map((width) => (
            <div key={width} className="list-skeleton-row">
              <span />
              <span />
              <span style={{ width: `${width}%` }} />
            </div>
          ))
        : undefined}
    </div>
  );
}
