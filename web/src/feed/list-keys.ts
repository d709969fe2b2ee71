/** Where a key leads in a list of so many lines, by their indices; undefined for a key that leads nowhere. */
export function stepOf(key: string): ((from: number, count: number) => number) | undefined {
  switch (key) {
    case "j":
    case "ArrowDown":
      return (from, count) => Math.min(count - 1, from + 1);
    case "k":
    case "ArrowUp":
      return (from) => Math.max(0, from - 1);
    case "Home":
      return () => 0;
    case "End":
      return (_from, count) => count - 1;
    default:
      return undefined;
  }
}

/** Where keys are text, or have a meaning of their own. */
export function isOwnPlace(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, button, a, [role=menu]") !== null;
}
