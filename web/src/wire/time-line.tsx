import type { KeyboardEvent } from "react";
import { clockTime } from "../../../src/view/ages.ts";
import type { MessageRow } from "../../../src/view/live/rows.ts";
import { densityOf } from "../../../src/view/wire/moment.ts";
import { Button } from "../parts/button.tsx";
import { type Replay, type Speed, speeds } from "./use-replay.ts";
import "./time-line.css";

interface Props {
  readonly messages: readonly MessageRow[];
  readonly replay: Replay;
  readonly onLive: () => void;
}

/** How many bars there are. */
const parts = 60;

/** Where in time one stands, how much was said when, and how one goes through it again. */
export function TimeLine({ messages, replay, onLive }: Props) {
  const [first, last] = [messages[0], messages.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const from = first.message.acceptedAt;
  const to = Math.max(last.message.acceptedAt, from + 1);
  const moment = Math.min(replay.moment ?? to, to);

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    replay.step(by);
  }

  return (
    <fieldset className="time-line" aria-label="Time">
      <Transport replay={replay} onFirst={() => replay.standAt(first.key)} onStep={replay.step} />
      <div className="time-line-scale">
        <Density counts={densityOf(messages, from, to, parts)} reached={(moment - from) / (to - from)} />
        <input
          type="range"
          aria-label="Time that is shown"
          aria-valuetext={replay.moment === undefined ? "now" : clockTime(moment)}
          min={from}
          max={to}
          step="any"
          value={moment}
          onChange={({ target }) => replay.scrub(Number(target.value))}
          onKeyDown={onKeyDown}
        />
        <div className="time-line-ends" aria-hidden="true">
          <span>{clockTime(from)}</span>
          <span>{clockTime(to)}</span>
        </div>
      </div>
      <Button className="time-line-live" disabled={replay.moment === undefined} onClick={onLive}>
        Live
      </Button>
    </fieldset>
  );
}

interface TransportProps {
  readonly replay: Replay;
  readonly onFirst: () => void;
  readonly onStep: (by: number) => void;
}

function Transport({ replay, onFirst, onStep }: TransportProps) {
  const { isPlaying, speed } = replay;
  const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] as Speed;
  return (
    <div className="time-line-buttons">
      <Button kind="quiet" aria-label="To the first message" onClick={onFirst}>
        ⇤
      </Button>
      <Button kind="quiet" aria-label="One message back" aria-keyshortcuts="," onClick={() => onStep(-1)}>
        ‹
      </Button>
      <Button aria-pressed={isPlaying} onClick={isPlaying ? replay.pause : replay.play}>
        {isPlaying ? "Pause" : "Play"}
      </Button>
      <Button kind="quiet" aria-label={`Speed: ${speed} times`} onClick={() => replay.setSpeed(next)}>
        {speed}×
      </Button>
      <Button kind="quiet" aria-label="One message on" aria-keyshortcuts="." onClick={() => onStep(1)}>
        ›
      </Button>
    </div>
  );
}

function Density({ counts, reached }: { readonly counts: readonly number[]; readonly reached: number }) {
  const most = Math.max(1, ...counts);
  return (
    <svg className="time-line-density" viewBox={`0 0 ${parts} 20`} preserveAspectRatio="none" aria-hidden="true">
      {counts.map((count, at) => {
        const height = count === 0 ? 0 : 3 + (17 * count) / most;
        return (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- a bar is its place in time
            key={at}
            data-past={at / parts <= reached}
            x={at + 0.15}
            y={20 - height}
            width={0.7}
            height={height}
          />
        );
      })}
    </svg>
  );
}
