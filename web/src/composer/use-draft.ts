import { useState } from "react";

/** What is being written in a channel, and how it is to be sent. */
export interface Draft {
  readonly content: string;
  readonly to: string;
  readonly type: string;
}

const nothing: Draft = { content: "", to: "", type: "" };

/**
 * The draft of a channel, which outlives reloads, other screens and signing in anew; in this tab only, as two tabs would
 * write over each other.
 */
export function useDraft(channel: string): readonly [Draft, (change: Partial<Draft>) => void] {
  const key = `claude-bridge.draft.${channel}`;
  const [draft, setDraft] = useState(() => stored(key));
  function change(parts: Partial<Draft>) {
    const next = { ...draft, ...parts };
    setDraft(next);
    try {
      if (next.content === "" && next.to === "" && next.type === "") sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing, or has no room: then it lasts as long as the screen.
    }
  }
  return [draft, change];
}

function stored(key: string): Draft {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    const texts = typeof value === "object" && value !== null ? Object.entries(value) : [];
    return { ...nothing, ...Object.fromEntries(texts.filter(([, text]) => typeof text === "string")) };
  } catch {
    return nothing;
  }
}
