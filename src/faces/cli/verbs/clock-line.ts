import { systemClock } from "../../../core/clock.ts";

/** One line at the terminal that is written anew, with how long it has been there. */
export interface ClockLine {
  show(text: string): void;
  /** Leaves the last state where it is. */
  end(): void;
}

const tickMs = 1000;

/** On stderr, and only where that is a terminal: nobody wants to find a clock in a file. */
export function createClockLine(isSilent: boolean): ClockLine {
  if (isSilent || !process.stderr.isTTY) return { show: () => {}, end: () => {} };
  const startedAt = systemClock.now();
  let text = "";
  const write = () => {
    const line = `  ${text} · waiting for an answer ${clockOf(systemClock.now() - startedAt)}`;
    // Cut, as a line that is broken could not be written anew.
    process.stderr.write(`\r\u001b[K${line.slice(0, process.stderr.columns - 1)}`);
  };
  const tick = setInterval(write, tickMs);
  let isOpen = true;
  return {
    show(next) {
      text = next;
      write();
    },
    end() {
      if (!isOpen) return;
      isOpen = false;
      clearInterval(tick);
      process.stderr.write(`\r\u001b[K  ${text}\n`);
    },
  };
}

function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return `${String(minutes).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
