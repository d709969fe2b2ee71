import { useSyncExternalStore } from "react";
import { createListeners } from "../../../src/core/listeners.ts";

/** Something that this browser remembers of its reader: never a credential, and nothing that the bridge should know. */
export interface Setting<Value> {
  get(): Value;
  set(value: Value): void;
  subscribe(listener: () => void): () => void;
}

/** `read` gives undefined for what is no value of it, as anything may stand in a browser's storage. */
export function createSetting<Value>(
  name: string,
  fallback: Value,
  read: (stored: unknown) => Value | undefined,
): Setting<Value> {
  const key = `claude-bridge.${name}`;
  const changed = createListeners();
  let value = stored(key, read) ?? fallback;
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    value = stored(key, read) ?? fallback;
    changed.wakeAll();
  });
  return {
    get: () => value,
    set(next) {
      value = next;
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A browser that keeps nothing forgets it with the page.
      }
      changed.wakeAll();
    },
    subscribe: changed.add,
  };
}

function stored<Value>(key: string, read: (stored: unknown) => Value | undefined): Value | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : read(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The value, and how to change it. */
export function useSetting<Value>(setting: Setting<Value>): [Value, (value: Value) => void] {
  return [useSyncExternalStore(setting.subscribe, setting.get), setting.set];
}
