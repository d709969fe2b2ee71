/** Of several tabs one tells of events: that which was looked at last, or any while none of them was. */
const key = "claude-bridge.in-charge";
const own = `${performance.timeOrigin} ${Math.random()}`;

/** Begins to take note of which tab is looked at. What it returns undoes that, and gives the charge away. */
export function takeCharge(): () => void {
  const claim = () => store(own);
  const giveAway = () => {
    if (stored() === own) store(undefined);
  };
  if (document.hasFocus()) claim();
  window.addEventListener("focus", claim);
  window.addEventListener("pagehide", giveAway);
  return () => {
    giveAway();
    window.removeEventListener("focus", claim);
    window.removeEventListener("pagehide", giveAway);
  };
}

export function isInCharge(): boolean {
  const other = stored();
  return other === undefined || other === own;
}

function stored(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    // A browser that keeps nothing: each tab speaks for itself.
    return undefined;
  }
}

function store(value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
