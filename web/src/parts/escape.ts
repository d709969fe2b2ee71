import { useEffect, useEffectEvent } from "react";

/** What Esc does from anywhere on the page while `isOn`, unless something nearer to the keyboard has taken it. */
export function useEscape(isOn: boolean, leave: () => void): void {
  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    leave();
  });
  useEffect(() => {
    if (!isOn) return undefined;
    window.addEventListener("keydown", onEscape);
    return () => window.removeEventListener("keydown", onEscape);
  }, [isOn]);
}
