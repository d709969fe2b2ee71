import { useCallback } from "react";
import { useLocation } from "wouter";
import { chipOf, withChip } from "../../../src/view/query-text.ts";
import { paths } from "../routes.ts";
import { useSearchParam } from "../use-search-param.ts";

/** The query in the address, and how to make it another: on a screen without a list, in the list of all messages. */
export function useQueryText(): readonly [string, (query: string) => void] {
  const [query = "", setQuery] = useSearchParam("q");
  const [, go] = useLocation();
  const set = useCallback(
    (next: string) => {
      if (isList(location.pathname)) setQuery(next);
      else if (next !== "") go(`${paths.all}?${new URLSearchParams({ q: next })}`);
    },
    [setQuery, go],
  );
  return [query, set];
}

/** Adds a word and its value to what is looked for, such as when somebody presses a name. */
export function useAddFilter(): (word: string, value: string) => void {
  const [query, setQuery] = useQueryText();
  return useCallback((word, value) => setQuery(withChip(query, chipOf(word, value))), [query, setQuery]);
}

const isList = (path: string) => path === paths.all || path.startsWith("/c/");
