import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useLocation } from "wouter";
import { systemClock } from "../../../src/core/clock.ts";
import { visible } from "../../../src/core/visible.ts";
import { readQuery } from "../../../src/view/query-text.ts";
import { client } from "../bridge/bridge.tsx";
import { paths } from "../routes.ts";
import type { Entry } from "./entries.ts";

/** What is shorter is in every other message. */
const shortest = 2;
const mostFound = 5;

/** Messages with what was typed, the newest; none while that is too short, or no search. */
export function useFound(typed: string): readonly Entry[] {
  const [, go] = useLocation();
  const query = useDeferredValue(typed.trim());
  const { data } = useQuery({
    queryKey: ["palette", query],
    queryFn: ({ signal }) => client.search({ query, limit: mostFound }, { signal, patienceMs: 0 }),
    enabled: query.length >= shortest && readQuery(query, systemClock.now()).error === undefined,
    placeholderData: keepPreviousData,
  });
  if (typed.trim().length < shortest) return [];
  return (data?.messages ?? []).map(({ id, sender, channel, snippet }) => ({
    key: `message ${id}`,
    words: visible(`${sender} in ${channel}: ${snippet.text}`, { keepsLines: false }),
    keys: [],
    run: () => go(paths.message(id)),
  }));
}
