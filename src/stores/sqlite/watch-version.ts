import { createListeners } from "../../core/listeners.ts";

/** Rings when what has this version was changed, by whomever; `look` is to be called when it may have been. */
export function watchVersion(version: () => number): {
  look(): void;
  watch(wake: () => void): () => void;
} {
  const listeners = createListeners();
  let seen = version();
  return {
    look() {
      const now = version();
      if (now === seen) return;
      seen = now;
      listeners.wakeAll();
    },
    watch: listeners.add,
  };
}
