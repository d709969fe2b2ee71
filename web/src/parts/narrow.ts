import { useCallback, useSyncExternalStore } from "react";

/** Whether the page is narrower than so many pixels. */
export function useIsNarrow(px: number): boolean {
  const query = `(width < ${px}px)`;
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
