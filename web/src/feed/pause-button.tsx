import { Button, Key } from "../parts/button.tsx";
import "./pause-button.css";
import type { Pausing } from "./use-pausing.ts";

/** Holds a list still, and says when it is. */
export function PauseButton({ pausing: { isPaused, unseen, toggle } }: { readonly pausing: Pausing }) {
  return (
    <Button
      className={isPaused ? "pause-button pause-button-paused" : "pause-button"}
      aria-pressed={isPaused}
      onClick={toggle}
    >
      <span className="pause-button-words">{isPaused ? pausedWords(unseen) : "Pause"}</span> <Key>Space</Key>
    </Button>
  );
}

const pausedWords = (unseen: number) => (unseen === 0 ? "Paused" : `Paused, ${unseen.toLocaleString("en-GB")} new`);
