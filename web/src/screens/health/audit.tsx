import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditEntry } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { clockTime, dayLabel, isSameDay } from "../../../../src/view/ages.ts";
import { client } from "../../bridge/bridge.tsx";
import { Button } from "../../parts/button.tsx";
import { useNow } from "../../parts/now.ts";
import { Section } from "../../parts/screen.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { usePrincipals } from "../machines/use-machines.ts";
import "./audit.css";

/** Rows on one page. */
const limit = 50;

/** Who did what, the newest first. */
export function Audit() {
  const [filter, setFilter] = useState("");
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ["audit"],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam: before, signal }) => page(before, signal),
    getNextPageParam: (last) => {
      const oldest = last.at(-1)?.n ?? 1;
      return oldest > 1 && last.length > 0 ? oldest : undefined;
    },
  });
  const rows = data?.pages.flat() ?? [];
  const names = new Map((usePrincipals() ?? []).map(({ id, name }) => [id, name]));
  const nameOf = ({ principal }: AuditEntry) => visible(names.get(principal) ?? principal);
  const shown = rows.filter((row) => wordsOf(row, nameOf(row)).includes(filter.trim().toLowerCase()));
  return (
    <Section
      title="Audit"
      note="who did what, the newest first"
      actions={
        <input
          className="audit-filter"
          type="search"
          aria-label="Filter the audit"
          placeholder="filter what is shown"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      }
    >
      <Trouble error={error} />
      <ol>
        {shown.map((row) => (
          <AuditRow key={row.n} row={row} name={nameOf(row)} />
        ))}
      </ol>
      <p className="audit-more">
        {rows.length === 0 ? "Nothing yet." : `${shown.length} of ${rows.length} shown.`}{" "}
        {hasNextPage ? (
          <Button disabled={isFetching} onClick={() => void fetchNextPage()}>
            Load older
          </Button>
        ) : undefined}
      </p>
    </Section>
  );
}

/** The bridge gives the newest, or what comes after a place: older ones are those after a place so far back. */
async function page(before: number | undefined, signal: AbortSignal): Promise<readonly AuditEntry[]> {
  if (before === undefined) return client.audit({ limit }, { signal });
  const after = Math.max(0, before - 1 - limit);
  const older = await client.audit({ after, limit: before - 1 - after }, { signal });
  // Those that were pruned are not there, and what comes instead was had.
  return older.filter(({ n }) => n < before).toReversed();
}

function AuditRow({ row, name }: { readonly row: AuditEntry; readonly name: string }) {
  const { at, event, channel, address, detail } = row;
  const now = useNow();
  const parts = [channel, detail, address].filter((part) => part !== undefined);
  return (
    <li className="audit-row">
      <time dateTime={new Date(at).toISOString()}>
        {isSameDay(at, now) ? clockTime(at) : `${dayLabel(at, now)}, ${clockTime(at)}`}
      </time>
      <span className="audit-event">{event.replaceAll("_", " ")}</span>
      <span className="audit-what">
        <bdi>{name}</bdi>
        {parts.length === 0 ? undefined : ` · ${visible(parts.join(" · "))}`}
      </span>
    </li>
  );
}

const wordsOf = ({ event, channel, address, detail }: AuditEntry, name: string): string =>
  [event.replaceAll("_", " "), channel, detail, address, name].join(" ").toLowerCase();
