import { useCallback } from "react";
import { useSearchParams } from "wouter";

/**
 * A value that stands in the address: `q` is the filter, `view` how a channel is looked at, `sel` the message whose
 * details are shown, `at` the message that a list stands at. Setting one keeps the others; without a value it goes.
 */
export type ParamName = "q" | "view" | "sel" | "at";

interface SetOptions {
  /** In place of the entry in the browser's history that is there: for what one does not go back to. */
  readonly replace?: boolean;
}

export function useSearchParam(
  name: ParamName,
): readonly [string | undefined, (value: string | undefined, options?: SetOptions) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string | undefined, { replace = false }: SetOptions = {}) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === undefined || value === "") next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace },
      ),
    [name, setParams],
  );
  return [params.get(name) ?? undefined, set];
}
