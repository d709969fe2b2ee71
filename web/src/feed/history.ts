import { useMemo } from "react";
import { searchHistory } from "../../../src/view/live/search-history.ts";
import type { History } from "../../../src/view/live/history.ts";
import { client } from "../bridge/bridge.tsx";

/** The messages of a query; the same object while the query is the same. */
export const useHistory = (query: string): History => useMemo(() => searchHistory(client, query), [query]);

/** The query of a channel and of whatever else is asked of it. */
export const inChannel = (channel: string, rest = ""): string => `in:${quoted(channel)} ${rest}`.trim();

/** The query of a thread. */
export const inThread = (thread: string): string => `thread:${quoted(thread)}`;

const quoted = (value: string) => (/^[\w:./@-]+$/.test(value) ? value : `"${value.replaceAll('"', "")}"`);
