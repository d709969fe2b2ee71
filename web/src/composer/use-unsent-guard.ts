import { useEffect } from "react";
import { useLiveState } from "../bridge/bridge.tsx";

/** Has the browser ask before the page goes, while something that was written is on no bridge yet. */
export function useUnsentGuard(): void {
  const isUnsent = useLiveState(({ pending }) => pending.some(({ sent }) => sent === undefined));
  useEffect(() => {
    if (!isUnsent) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsent]);
}
