import { useEffect, useState } from "react";

/** Whether a finger or a button is down, from when it is told so until it is up: what is pressed must not move away. */
export function useHeld(): readonly [isHeld: boolean, hold: () => void] {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (!isHeld) return undefined;
    // The click comes after this, and belongs to what was pressed.
    const release = () => void setTimeout(() => setHeld(false));
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", release);
    return () => {
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", release);
    };
  }, [isHeld]);
  return [isHeld, () => setHeld(true)];
}
